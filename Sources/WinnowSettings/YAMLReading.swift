import WinnowCore
import Yams

/// A YAML file being read: nodes with their lines, and the problems found so far.
///
/// Nothing here stops at the first problem: what cannot be used is left out and listed, so that a person
/// mends a file once.
struct YAMLReading {
  let file: String
  private(set) var problems: [SettingsProblem] = []

  init(file: String) { self.file = file }

  /// Deepest nesting that is read. The files need five levels; a parser that recurses needs a limit.
  private static let maxDepth = 64

  /// The file's root; `nil` when it is empty or no YAML.
  mutating func root(_ text: String) -> Node? {
    if let problem = Self.nesting(text) {
      problems.append(SettingsProblem(file: file, line: problem, message: "nested too deeply; write it flat"))
      return nil
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      problems.append(Self.problem(error, file))
    } catch {
      problems.append(SettingsProblem(file: file, line: 1, message: "no YAML: \(error); mend the file"))
    }
    return nil
  }

  /// The line where brackets nest too deeply; block nesting costs columns and stays shallow by itself.
  private static func nesting(_ text: String) -> Int? {
    var depth = 0
    var line = 1
    for byte in text.utf8 {
      switch byte {
      case 0x0A: line += 1
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D: depth -= 1
      default: break
      }
      if depth > maxDepth { return line }
    }
    var column = 0
    line = 1
    var dashes = 0
    var isIndent = true
    for byte in text.utf8 {
      if byte == 0x0A {
        (column, dashes, isIndent) = (0, 0, true)
        line += 1
        continue
      }
      column += 1
      if isIndent, byte == 0x2D || byte == 0x3F { dashes += 1 } else if byte != 0x20 { isIndent = false }
      if isIndent, dashes > maxDepth || column > 16 * maxDepth { return line }
    }
    return nil
  }

  private static func problem(_ error: YamlError, _ file: String) -> SettingsProblem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return SettingsProblem(
        file: file, line: max(1, mark.line),
        message:
          "no YAML: \(problem); check indentation, colons and quotation marks here and on the line before")
    case .reader(let problem, let offset, _, let yaml):
      let line = yaml.utf8.prefix(offset ?? 0).count { $0 == 0x0A } + 1
      return SettingsProblem(
        file: file, line: line,
        message: "no YAML: \(problem); save the file as UTF-8 without control characters")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map(YAMLReading.shown).sorted().joined(separator: "', '")
      return SettingsProblem(
        file: file, line: max(1, context.mark.line),
        message: "'\(names)' stands twice in one mapping; keep one of them")
    default:
      return SettingsProblem(file: file, line: 1, message: "no YAML: \(error); mend the file")
    }
  }

  // MARK: - Problems

  mutating func report(_ node: Node?, _ message: String) {
    problems.append(SettingsProblem(file: file, line: line(of: node), message: message))
  }

  mutating func add(_ more: [SettingsProblem]) { problems += more }

  func line(of node: Node?) -> Int { max(1, node?.mark?.line ?? 1) }

  /// "there is no key 'x'; did you mean 'y'?"
  static func unknown(_ what: String, _ name: String, _ names: [String]) -> String {
    let near = nearestName(to: name, in: names)
    return "there is no \(what) '\(shown(name))'; "
      + (near.map { "did you mean '\($0)'?" } ?? "use \(names.joined(separator: ", "))")
  }

  static func shown(_ text: String) -> String {
    let line = String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    return line.count <= 60 ? line : line.prefix(59) + "…"
  }

  // MARK: - Shapes

  /// The members of a mapping by key; keys that are not among `keys` are problems.
  mutating func members(_ node: Node?, _ what: String, keys: [String]) -> [String: Node] {
    var result: [String: Node] = [:]
    for (name, key, value) in pairs(node, what) {
      if keys.contains(name) {
        result[name] = value
      } else {
        report(key, "\(what): " + Self.unknown("key", name, keys))
      }
    }
    return result
  }

  /// The pairs of a mapping in their order; an absent or empty one has none.
  mutating func pairs(_ node: Node?, _ what: String) -> [(name: String, key: Node, value: Node)] {
    guard let node, !Self.isNull(node) else { return [] }
    guard case .mapping(let mapping) = node else {
      report(node, "\(what) must be a mapping of keys and values; write 'key: value' lines below it")
      return []
    }
    var result: [(String, Node, Node)] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        report(key, "\(what): a key must be a plain word; write 'key: value'")
        continue
      }
      result.append((name.string, key, value))
    }
    return result
  }

  /// The items of a list; an absent or empty one has none.
  mutating func items(_ node: Node?, _ what: String) -> [Node] {
    guard let node, !Self.isNull(node) else { return [] }
    guard case .sequence(let sequence) = node else {
      report(node, "\(what) must be a list; write '- item' lines below it, or [a, b]")
      return []
    }
    return Array(sequence)
  }

  /// A text; `nil` when the node is none, which is a problem unless it is absent.
  mutating func text(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node, !Self.isNull(node) else {
      report(node, "\(what) must be a text; write it behind the colon")
      return nil
    }
    return scalar.string
  }

  /// A whole number from `low`, with `K`, `M` or `G` for powers of 1024.
  mutating func count(_ node: Node?, _ what: String, atLeast low: Int) -> Int? {
    guard let text = text(node, what) else { return nil }
    var digits = text[...]
    var factor = 1
    if let last = digits.last, let power = ["K", "M", "G"].firstIndex(of: last.uppercased()) {
      factor = 1 << (10 * (power + 1))
      digits = digits.dropLast()
    }
    guard let number = Int(digits), number >= low, !number.multipliedReportingOverflow(by: factor).overflow
    else {
      report(
        node,
        "\(what) must be a whole number of at least \(low), not '\(Self.shown(text))'; K, M and G may follow it"
      )
      return nil
    }
    return number * factor
  }

  /// A number from 0 to 1.
  mutating func share(_ node: Node?, _ what: String) -> Double? {
    guard let text = text(node, what) else { return nil }
    guard let number = Double(text), (0...1).contains(number) else {
      report(node, "\(what) must be a number from 0 to 1, not '\(Self.shown(text))'; write it such as 0.4")
      return nil
    }
    return number
  }

  /// One of some names.
  mutating func choice<Value>(
    _ node: Node?, _ what: String, _ kind: String, _ names: [String], _ value: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, what) else { return nil }
    if let value = value(text) { return value }
    report(node, "\(what): " + Self.unknown(kind, text, names))
    return nil
  }

  static func isNull(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}
