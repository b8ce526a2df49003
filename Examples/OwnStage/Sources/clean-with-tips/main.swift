import Foundation
import TipLines
import Winnow
import WinnowCore

// swift run clean-with-tips page.html: every block with its reason, the new stage's among them.
guard let path = CommandLine.arguments.dropFirst().first,
  let data = FileManager.default.contents(atPath: path)
else {
  print("usage: clean-with-tips PAGE")
  exit(2)
}
let winnow = try Winnow(.withTipLines())
let form: Page.Form = path.hasSuffix(".txt") ? .flatText : .html
let reading = try winnow.read(Page(id: path, form: form, bytes: [UInt8](data)))
print(Explanation.explained(reading))
