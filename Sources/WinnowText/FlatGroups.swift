import WinnowCore

/// The containers of flat text while they are built: blank-line groups with bulleted lists in them.
struct FlatGroups {
  /// A unit's place.
  struct Place {
    var container: Int32
    var level: Int
  }

  private struct List {
    var indent: Int32
    var container: Int32
    /// Column at which the item's text stands.
    var text: Int32
  }

  private var rows: [ContainerRow] = [ContainerRow()]
  private var group: Int32 = -1
  private var lists: [List] = []

  private mutating func open(_ tag: ContainerTag, in parent: Int32) -> Int32 {
    var row = ContainerRow()
    row.tag = tag
    row.parent = parent
    row.depth = rows[Int(parent)].depth + 1
    row.name = tag == .group ? 1 : 2
    row.signature = row.name
    rows.append(row)
    return Int32(rows.count - 1)
  }

  private mutating func closeList() {
    guard let list = lists.popLast() else { return }
    rows[Int(list.container)].subtreeEnd = Int32(rows.count)
  }

  /// A blank line.
  mutating func close() {
    while !lists.isEmpty { closeList() }
    if group >= 0 { rows[Int(group)].subtreeEnd = Int32(rows.count) }
    group = -1
  }

  /// A unit outside lists.
  mutating func plain() -> Int32 {
    while !lists.isEmpty { closeList() }
    if group < 0 { group = open(.group, in: 0) }
    return group
  }

  /// A list item whose text stands `offset` columns behind its opener.
  mutating func item(_ indent: Int32, _ offset: Int32) -> Place {
    if group < 0 { group = open(.group, in: 0) }
    while let last = lists.last, last.indent > indent { closeList() }
    if let last = lists.last, last.indent == indent {
      lists[lists.count - 1].text = indent + offset
    } else {
      let container = open(.bullets, in: lists.last?.container ?? group)
      lists.append(List(indent: indent, container: container, text: indent + offset))
    }
    return Place(container: lists.last?.container ?? group, level: lists.count)
  }

  /// A unit without opener under an item, nil where it does not hang under one.
  mutating func continuation(_ indent: Int32) -> Place? {
    while let last = lists.last, last.indent >= indent { closeList() }
    guard let last = lists.last else { return nil }
    return Place(container: last.container, level: lists.count)
  }

  /// All containers, closed.
  mutating func finished() -> [ContainerRow] {
    close()
    rows[0].subtreeEnd = Int32(rows.count)
    return rows
  }
}
