"""Writes a LightGBM model as the flat forest that the program reads (WinnowModel/Forest.swift)."""
import struct

import numpy as np

MAGIC = 0x314E5757


def digest(names):
    """FNV-1a over the lower-cased, comma-joined names, as ContainerTree.tokenHash does."""
    value = 2166136261
    for byte in ",".join(names).lower().encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def below(threshold):
    """The largest 32-bit float not above a threshold: x <= it for just the same 32-bit x."""
    value = np.float32(threshold)
    return value if float(value) <= threshold else np.nextafter(value, np.float32(-np.inf))


def flatten(tree):
    """Nodes breadth first, children side by side: (threshold, feature, left, value) and the depth."""
    nodes, queue, depth = [None], [(tree["tree_structure"], 0, 0)], 0
    while queue:
        node, place, level = queue.pop(0)
        depth = max(depth, level)
        if "leaf_value" in node and "split_index" not in node:
            nodes[place] = (np.float32(np.inf), 0, place, np.float32(node["leaf_value"]))
            continue
        assert node["decision_type"] == "<=", node["decision_type"]
        left = len(nodes)
        nodes += [None, None]
        nodes[place] = (below(node["threshold"]), node["split_feature"], left, np.float32(0))
        queue.append((node["left_child"], left, level + 1))
        queue.append((node["right_child"], left + 1, level + 1))
    return nodes, depth


def write(boosters, names, path):
    """Several boosters become one forest whose sum is their mean."""
    trees = []
    for booster in boosters:
        for tree in booster.dump_model()["tree_info"]:
            nodes, depth = flatten(tree)
            share = np.float32(1 / len(boosters))
            trees.append(([(t, f, l, np.float32(v * share)) for t, f, l, v in nodes], depth))
    # Early exit looks at the sum of the first trees, so boosters take turns.
    if len(boosters) > 1:
        each = len(trees) // len(boosters)
        trees = [trees[b * each + i] for i in range(each) for b in range(len(boosters))]
    count = sum(len(nodes) for nodes, _ in trees)
    with open(path, "wb") as f:
        f.write(struct.pack("<IIII", MAGIC, digest(names), len(trees), count))
        root = 0
        for nodes, depth in trees:
            f.write(struct.pack("<II", root, depth))
            root += len(nodes)
        for nodes, _ in trees:
            for threshold, feature, left, value in nodes:
                f.write(struct.pack("<fHHf", threshold, feature, left, value))
