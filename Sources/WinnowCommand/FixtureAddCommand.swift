import ArgumentParser
import Winnow
import WinnowBatch
import WinnowCore
import WinnowFixtures

extension FixtureDescription.Kind: ExpressibleByArgument {}
extension FixtureDescription.Expectation: ExpressibleByArgument {}

/// `winnow fixture add`: a page becomes a fixture, with drafts of its expectations.
struct FixtureAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Makes a fixture of a page.",
    discussion: """
      Writes the page, fixture.json, and two drafts: page.proof.new (one line a block) and article.json.new \
      (the fields). Read them, change what is wrong to what is right, and approve them with \
      `winnow fixture accept FOLDER`. Exit code: 0 written, 1 not, 2 usage.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var configuration: ConfigurationOptions

  @Option(name: .long, help: ArgumentHelp("The folder that holds your fixtures.", valueName: "folder"))
  var into = FixtureFolders.usual

  @Option(
    name: .long,
    help: ArgumentHelp(
      "PUBLISHER/SLUG, the folder's name below (default: from the address, else from the file).",
      valueName: "name"))
  var name: String?

  @Option(name: .long, help: "Where the page comes from.")
  var kind: FixtureDescription.Kind = .wild

  @Option(name: .long, help: "fail: a known gap, which the run reports once it is closed.")
  var expect: FixtureDescription.Expectation = .pass

  @Option(name: .long, help: "Why it fails; needed with --expect fail.")
  var because: String?

  @Option(name: .long, help: "What the page tests, in a line.")
  var notes: String?

  func validate() throws {
    if expect == .fail, because?.isEmpty ?? true {
      throw ValidationError("--expect fail needs --because WHY.")
    }
    if let name {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
        throw ValidationError("--name must be a folder's name such as publisher/slug, without '..'.")
      }
    }
  }

  func run() throws {
    guard let inputs = input.resolvedInputs else {
      Messages.print(FixtureAddCommand.helpMessage())
      throw ExitCode(UsageExit.code)
    }
    let winnow = try Winnow(try configuration.load())
    let source = PageSource(inputs, options: input.source)
    guard let item = source.next() else { throw ValidationError("There is no page in the input.") }
    if source.next() != nil {
      throw ValidationError("The input holds more than one page; give one: a file, or one line of JSON.")
    }
    let loaded = item.load(input.source)
    do {
      if let error = loaded.error { throw error }
      let page = loaded.page
      let reading = try winnow.read(page)
      var about = FixtureDescription(form: page.form, kind: kind, expect: expect)
      about.url = page.url
      about.language = reading.record.language.map { String($0.prefix { $0 != "-" }) }
      about.charset = page.charset
      about.because = because
      about.notes = notes
      let folder = into + "/" + (name ?? Self.name(for: page))
      try FixtureFiles.add(page, about, to: folder, reading: reading)
      try StandardOutput.write(
        """
        \(folder)
          1. Read \(folder)/page.proof.new: + stands in the body, = fills a field, ~ beside, - dropped.
          2. Change what is wrong there, and in article.json.new, to what is right.
          3. winnow fixture accept \(folder)
          4. winnow fixture run \(folder)

        """)
    } catch let error as ExitCode {
      throw error
    } catch {
      Messages.print("\(item.source): \(error)")
      throw ExitCode.failure
    }
  }

  /// A folder's name from the page's address, else from its id.
  private static func name(for page: Page) -> String {
    guard let url = page.url, let host = url.split(separator: "/").dropFirst().first else {
      return "pages/" + slug(page.id)
    }
    let path =
      url.split(separator: "/").dropFirst(2).last.map { $0.prefix { $0 != "?" && $0 != "#" } } ?? "front"
    return slug(String(host)) + "/" + slug(String(path))
  }

  /// Letters, digits and dots of a text, in lower case, the rest hyphens.
  private static func slug(_ text: String) -> String {
    var slug = ""
    for scalar in text.lowercased().unicodeScalars.prefix(80) {
      if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "." {
        slug.unicodeScalars.append(scalar)
      } else if slug.last != "-" {
        slug += "-"
      }
    }
    while slug.hasPrefix(".") || slug.hasPrefix("-") { slug.removeFirst() }
    while slug.hasSuffix("-") { slug.removeLast() }
    for ending in [".html", ".htm", ".txt"] where slug.hasSuffix(ending) { slug.removeLast(ending.count) }
    return slug.isEmpty ? "page" : slug
  }
}
