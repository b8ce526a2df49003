import Testing
import Winnow
import WinnowCore
import WinnowSettings
import WinnowStages

/// Wrong settings by the hundred, made from right ones: each must be refused with its line and what to do.
@Suite struct WrongSettingsTests {
  /// A right file, one setting a line, so that a slip has a line of its own.
  static let right = """
    winnow: 1
    favor: recall
    stages:
      skip:
        - ticker
      options:
        promotion:
          at-most: likely
          except:
            - paywall
        footer:
          only:
            - footer
    retention:
      caption: body
      dek: drop
    sites:
      - host: paper.example
        path: /news/*
        rules:
          - name: shop
            as: promotion
            token: shop-box
            max-words: 40
          - name: tip
            as: drop
            tag: article > aside
            text: "^ Got a tip"
          - name: more
            as: related-links
            from: "= More from us"
            until: prose
        fields:
          date:
            - json-ld
            - text
          authors: none
    limits:
      max-bytes: 64M
      max-blocks: 1000
    strictness:
      doubtful-below: 0.4
      unused-rules: report
    """

  /// A generator whose numbers are the same on every machine (SplitMix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  struct Wrong: Sendable {
    let text: String
    let kind: String
    /// The lines, from 1, of which one must be named.
    let lines: ClosedRange<Int>
  }

  /// Values that no key with a choice, number or shape takes.
  private static let values = [
    "nonsense", "-1", "[]", "{}", "[a, b]", "{a: b}", "99999999999999999999", "2.5", "\"\"", "true",
    "!!binary aGk=",
    "\"\\u0000\"", "💥",
  ]

  /// Lines whose value may be any text, any list or nothing.
  private static func isFree(_ line: String, _ value: String) -> Bool {
    let key = line.split(separator: ":").first.map { $0.filter { $0 != " " && $0 != "-" } } ?? ""
    // Any words are a token, and any that are no list or mapping a host or a name of letters.
    if ["token"].contains(key) { return ["nonsense", "true", "!!binary aGk=", "💥"].contains(value) }
    if ["name", "host"].contains(key) {
      return ["nonsense", "true", "-1", "99999999999999999999", "2.5"].contains(value)
    }
    if ["maxwords", "maxbytes", "maxblocks"].contains(key) { return false }
    if key == "doubtfulbelow" { return false }
    return false
  }

  static func wrong(_ count: Int) -> [Wrong] {
    var numbers = Numbers(state: 7)
    let lines = right.split(separator: "\n").map(String.init)
    var result: [Wrong] = []
    var seen: Set<String> = []
    while result.count < count {
      let index = Int.random(in: 0..<lines.count, using: &numbers)
      var changed = lines
      let line = lines[index]
      let kind =
        ["key", "value", "indent", "twice", "word", "drop", "quote", "tab"].randomElement(using: &numbers)
        ?? ""
      var first = index + 1
      let last = index + 1
      switch kind {
      case "key":
        // A letter of the key is lost, doubled or another.
        guard let colon = line.firstIndex(of: ":"), !line[..<colon].contains("\"") else { continue }
        var key = Array(line[..<colon])
        guard let letter = key.indices.filter({ key[$0].isLetter }).randomElement(using: &numbers) else {
          continue
        }
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: key.remove(at: letter)
        case 1: key.insert(key[letter], at: letter)
        default: key[letter] = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &numbers) ?? "x"
        }
        changed[index] = String(key) + line[colon...]
        if changed[index] == line { continue }
        // A required key that is gone is a problem of the item that it stood in.
        first = 1
      case "value":
        guard let colon = line.firstIndex(of: ":"),
          line[line.index(after: colon)...].contains(where: { $0 != " " })
        else { continue }
        let value = values.randomElement(using: &numbers) ?? ""
        if isFree(line, value) { continue }
        changed[index] = line[...colon] + " " + value
      case "word":
        // A list item that names something.
        guard line.contains("- "), !line.contains(":") else { continue }
        changed[index] =
          String(line.prefix { $0 == " " }) + "- "
          + (["zzzz", "[x]", "{a: 1}", "\"\"", "9"].randomElement(using: &numbers) ?? "")
      case "indent":
        let by = Int.random(in: 1...3, using: &numbers)
        changed[index] = String(repeating: " ", count: by) + line
        // Nothing is wrong with an only item that stands further in.
        if line.contains("- ") || index == 0 || line.hasSuffix(" only:") { continue }
        first = 1
      case "twice":
        guard line.contains(":"), !line.contains("- ") else { continue }
        changed.insert(line, at: index)
        first = 1
      case "drop":
        // Without these keys something needed is missing.
        guard ["winnow: 1", "as:", "until:"].contains(where: { line.contains($0) }) else { continue }
        changed.remove(at: index)
        first = 1
      case "quote":
        changed[index] = line + "\"" + (line.contains("\"") ? "x" : "")
        if !line.contains("\""), !line.hasSuffix(":") { continue }
        first = 1
      default: changed[index] = "\t" + line; first = 1
      }
      let text = changed.joined(separator: "\n")
      guard seen.insert(text).inserted else { continue }
      result.append(
        Wrong(
          text: text, kind: "\(kind) \(index + 1): \(changed.indices.contains(index) ? changed[index] : "")",
          lines: first...max(last, lines.count + 1)))
    }
    return result
  }

  /// What a message says to do.
  private static let fixes = [
    "did you mean", "use ", "write ", "must be", "must start", "must end", "add ", "keep one", "check ",
    "save ",
    "mend ", "give ", "say ", "list ", "rename", "do not go together", "leave ", "below it",
  ]

  @Test func theRightOneIsRight() throws {
    _ = try Winnow(try Settings(text: Self.right, file: "s.yaml").configuration)
  }

  @Test func sixHundredWrongOnesAreRefusedWithLineAndFix() {
    var accepted: [String] = []
    for wrong in Self.wrong(600) {
      do throws(SettingsError) {
        _ = try Settings(text: wrong.text, file: "s.yaml")
        accepted.append(wrong.kind)
      } catch {
        #expect(!error.problems.isEmpty)
        for problem in error.problems {
          #expect(wrong.lines.contains(problem.line), "\(wrong.kind) → \(problem)")
          #expect(Self.fixes.contains { problem.message.contains($0) }, "\(wrong.kind) → \(problem)")
          #expect(!problem.description.contains("\n"), "\(problem)")
        }
      }
    }
    #expect(accepted.isEmpty, "\(accepted.joined(separator: "\n"))")
  }

  @Test func noiseNeverCrashes() {
    var numbers = Numbers(state: 99)
    let pieces = [
      "winnow: 1\n", "sites:\n", "- ", "  ", ": ", "[", "]", "{", "}", "\"", "'", "&a ", "*a ", "!!map ",
      "|\n", ">\n",
      "host: x\n", "rules:\n", "as: drop\n", "text: \"^ a\"\n", "? ", "#", "---\n", "...\n", "%YAML 1.2\n",
      "\u{FEFF}", "\u{85}",
      "<<: *a\n", "é", "\0", "\t", "🙂", "- - - ", "until: prose\n",
    ]
    for _ in 0..<2000 {
      let count = Int.random(in: 1...40, using: &numbers)
      let text = (0..<count).map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined()
      do throws(SettingsError) {
        // What is accepted must then also do.
        let settings = try Settings(text: text, file: "s.yaml")
        #expect(settings.configuration.problems.isEmpty)
      } catch {
        #expect(error.problems.allSatisfy { $0.line >= 1 })
      }
    }
  }
}
