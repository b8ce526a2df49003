import ArgumentParser
import WinnowBatch

extension SourceOptions.Shard: ExpressibleByArgument {
  /// `2/8`.
  public init?(argument: String) { self.init(argument) }
}

/// Which of the inputs are read, and what the members of JSON lines are called.
struct SelectionOptions: ParsableArguments {
  @Option(name: .long, help: "A file with further inputs, a path a line; - for standard input.")
  var filesFrom: String?

  @Option(name: .long, help: "The most inputs that are read.")
  var limit: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Every n-th input, from the i-th on, for n runs side by side.", valueName: "i/n"))
  var shard: SourceOptions.Shard?

  @Flag(name: .customLong("skip-non-html"), help: "Leave out what is neither HTML nor text, and count it.")
  var skipNonHTML = false

  @Option(name: .long, help: "The member of a JSON line that holds the page in HTML.")
  var htmlField = "html"

  @Option(name: .long, help: "The member that holds the page as flat text.")
  var textField = "text"

  @Option(name: .long, help: "The member that holds the page's id.")
  var idField = "id"

  @Option(name: .long, help: "The member that holds the page's address.")
  var urlField = "url"

  @Option(name: .long, help: "The member that holds the page's character set.")
  var charsetField = "charset"

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    if filesFrom == "" { throw ValidationError("--files-from has an empty name.") }
    let fields = [htmlField, textField, idField, urlField, charsetField]
    guard !fields.contains("") else { throw ValidationError("A field has an empty name.") }
    guard Set(fields).count == fields.count else { throw ValidationError("Two fields have the same name.") }
  }

  /// Puts the selection into options.
  func apply(to options: inout SourceOptions) {
    options.limit = limit
    options.shard = shard
    options.fields.html = htmlField
    options.fields.text = textField
    options.fields.id = idField
    options.fields.url = urlField
    options.fields.charset = charsetField
  }
}
