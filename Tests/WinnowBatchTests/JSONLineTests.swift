import Testing
import WinnowCore

@testable import WinnowBatch

@Suite struct JSONLineTests {
  private func line(_ text: String) -> JSONLine { JSONLine(Array(text.utf8)) }

  private func text(_ line: JSONLine) -> String { String(decoding: line.bytes, as: UTF8.self) }

  @Test func membersAreRead() {
    let line = line(#"{"id":"a/1","html":"<p>Hi</p>","url":"https://a.example/","charset":"koi8-r"}"#)
    #expect(line.error == nil)
    #expect(line.id == "a/1")
    #expect(line.form == .html)
    #expect(text(line) == "<p>Hi</p>")
    #expect(line.url == "https://a.example/")
    #expect(line.charset == "koi8-r")
    #expect(line.input == nil)
  }

  @Test(arguments: [("12", "12"), ("-1.5e+3", "-1.5e+3"), (#""x\/y""#, "x/y"), ("null", nil)])
  func idsAreStringsOrNumbers(json: String, id: String?) {
    let line = line(#"{"id": \#(json), "text": "x"}"#)
    #expect(line.id == id)
    #expect(line.form == .flatText)
    #expect(line.error == nil)
  }

  @Test func otherMembersComeBackByteForByte() {
    let line = line(
      #" { "meta" : {"a": [1, {"b":[]}], "c":"\u00e9\n"} ,"text":"x", "n": 1.50 , "html": null, "t":true }"#)
    #expect(line.error == nil)
    #expect(
      line.input.map { String(decoding: $0, as: UTF8.self) }
        == #"{"meta":{"a": [1, {"b":[]}], "c":"\u00e9\n"},"n":1.50,"t":true}"#)
  }

  @Test func htmlIsThePageWhereBothAreGiven() {
    let line = line(#"{"text":"flat","html":"<p>x"}"#)
    #expect(line.form == .html)
    #expect(line.input == Array(#"{"text":"flat"}"#.utf8))
  }

  @Test func escapesBecomeCharacters() {
    #expect(text(line(#"{"text":"a\"\\\/\b\f\n\r\t\u0041\u00E9\u20ac"}"#)) == "a\"\\/\u{8}\u{C}\n\r\tAé€")
    #expect(text(line(#"{"text":"\ud83d\ude00!"}"#)) == "😀!")
    // Halves of pairs are no characters.
    #expect(text(line(#"{"text":"\ud83d!"}"#)) == "\u{FFFD}!")
    #expect(text(line(#"{"text":"\ude00\ud83d\u0041"}"#)) == "\u{FFFD}\u{FFFD}A")
    #expect(text(line(#"{"text":"\u0000"}"#)) == "\0")
    #expect(text(line(#"{"\u0074ext":"key"}"#)) == "key")
  }

  /// Strings are read eight bytes at a time: what ends such a run must be seen wherever it stands.
  @Test func escapesAndControlCharactersAreSeenAtEveryPlace() {
    for before in 0..<20 {
      for after in [0, 1, 7, 9] {
        let (head, tail) = (String(repeating: "é!", count: before), String(repeating: "z", count: after))
        #expect(text(line(#"{"text":"\#(head)\n\#(tail)"}"#)) == "\(head)\n\(tail)")
        #expect(text(line(#"{"text":"\#(head)\"\#(tail)"}"#)) == "\(head)\"\(tail)")
        for control in ["\u{0}", "\u{1F}"] {
          guard case .brokenJSON(let offset, _) = line("{\"text\":\"\(head)\(control)\(tail)\"}").error else {
            Issue.record("a control character after \(before) went by")
            continue
          }
          #expect(offset == 9 + head.utf8.count)
        }
      }
    }
  }

  @Test func bytesThatAreNoUTF8AreThePagesAffairButNotTheOutputs() {
    let bytes = Array(#"{"text":"caf"#.utf8) + [0xE9] + Array(#"","x":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    let line = JSONLine(bytes)
    #expect(line.error == nil)
    #expect(line.bytes == Array("caf".utf8) + [0xE9])
    #expect(line.input == Array("{\"x\":\"\u{FFFD}\"}".utf8))
  }

  @Test func marksAndLineEndsAreNoTrouble() {
    #expect(text(line("\u{FEFF}{\"text\":\"x\"}\r")) == "x")
  }

  @Test(arguments: [
    (#"{"text":"x""#, 11), (#"{"text":"x"}}"#, 12), (#"["text"]"#, 0), ("plain", 0), (#"{"text":x}"#, 8),
    (#"{"text" "x"}"#, 8), (#"{"text":"x",}"#, 12), (#"{text:"x"}"#, 1), (#"{"text":"\x"}"#, 10),
    (#"{"text":"\u12g4"}"#, 13), (#"{"a":[1,2}"#, 9), (#"{"a":{"b":1]}"#, 11), (#"{"a":01}"#, 6),
    (#"{"a":1.}"#, 7), (#"{"a":tru}"#, 8), (#"{"a":[1,]}"#, 8), ("{\"text\":\"a\tb\"}", 10), (#"{"a":-}"#, 6),
    (#"{"a":"#, 5), ("{", 1), (#"{"a":[[]"#, 8), (#"{"a":{"#, 6), (#"{"a":{"b"}}"#, 9), ("{\"text\":\0}", 8),
  ])
  func brokenLinesSayWhere(json: String, offset: Int) {
    guard case .brokenJSON(let found, _) = line(json).error else {
      Issue.record("\(json) is read")
      return
    }
    #expect(found == offset)
  }

  @Test func linesWithoutAPageKeepWhatTheyHave() {
    let line = line(#"{"id":7,"body":"x"}"#)
    #expect(line.error == .noPage("html", "text"))
    #expect(line.id == "7")
    #expect(line.input == Array(#"{"body":"x"}"#.utf8))
    #expect(self.line("{}").error == .noPage("html", "text"))
    #expect(self.line(#"{"html":null}"#).error == .noPage("html", "text"))
    #expect(self.line(#"{"html":["x"]}"#).error == .wrongMember(name: "html", expected: "a string"))
    #expect(self.line(#"{"text":"x","url":5}"#).error == .wrongMember(name: "url", expected: "a string"))
    #expect(self.line(#"{"text":"x","id":[]}"#).error?.code == "wrong-member")
  }

  @Test func depthCostsNoStack() {
    let deep = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
    #expect(line(#"{"text":"x","deep":\#(deep)}"#).error == nil)
    let open = String(repeating: #"{"a":"#, count: 300_000)
    #expect(line(open).error == .brokenJSON(offset: 5 * 300_000, reason: "it ends too early"))
  }
}

@Suite struct InputFormatTests {
  private func guess(_ text: String, isWhole: Bool = true) -> InputFormat {
    Array(text.utf8).withUnsafeBufferPointer { InputFormat.guess($0, isWhole: isWhole) }
  }

  @Test(arguments: [
    ("a.jsonl", InputFormat.jsonl), ("a.ndjson.gz", .jsonl), ("a.HTML", .html), ("d.d/a.htm.GZ", .html),
    ("a.xhtml", .html), ("a.txt", .text), ("a.md", .text), ("a.text", .text), ("a.json", nil), ("a", nil),
    (".html", nil), ("html", nil), ("a.html/page", nil),
  ])
  func namesTell(name: String, format: InputFormat?) {
    #expect(InputFormat.named(InputPath(name)) == format)
  }

  @Test(arguments: [
    ("", InputFormat.text), ("Just text.", .text), (" {\"text\":\"x\"}\nanything", .jsonl),
    ("{\"id\":1}\n", .text), ("{ a set }", .text), ("\n <!DOCTYPE html>", .html), ("<html>", .html),
    ("\u{FEFF}<div class=x>", .html), ("<p>", .html), ("<pre", .text), ("<picture of a boat>", .text),
    ("A <b>bold</b> word", .text), ("<ul><li>a</li><li>b</li></ul>", .html), ("{\"html\":\"<p>", .text),
    ("<\0h\0t\0m\0l\0>\0", .html),
  ])
  func bytesTell(text: String, format: InputFormat) {
    #expect(guess(text) == format)
  }

  @Test func aLineLongerThanTheSampleIsJSONAsFarAsItGoes() {
    #expect(guess("{\"html\":\"<p>", isWhole: false) == .jsonl)
    #expect(guess("{ a set", isWhole: false) == .text)
  }

  @Test(arguments: [
    ("dir/0001.html.gz", "0001"), ("a.b.txt", "a.b"), ("notes.md", "notes"), ("x", "x"), (".html", ".html"),
    ("dir/", "dir"), ("page.json", "page.json"), ("/", "/"),
  ])
  func idsComeFromNames(path: String, id: String) {
    #expect(InputPath(path).recordID == id)
  }
}
