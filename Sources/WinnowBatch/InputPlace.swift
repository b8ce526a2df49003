/// Where an item stands in its input: enough to find it again, and to name a file after it.
package struct InputPlace: Sendable, Equatable {
  /// How much of its input an item is.
  package enum Unit: String, Sendable, Equatable, CaseIterable {
    /// All of it.
    case file
    /// A line of a JSON Lines input.
    case line
    /// A record of a web archive, or a damaged stretch of it.
    case record
    /// A file within a tar or zip file.
    case entry
    /// All that follows: the input broke here.
    case rest
  }

  /// The file; `nil` for standard input.
  package var path: InputPath?
  /// How much of it.
  package var unit: Unit
  /// Where the item starts, in bytes: of the inflated text for a line, of the file as it is for a record.
  package var offset: Int
  /// How long it is, in the same bytes; `nil` where that is not known.
  package var length: Int?
  /// Number of the line, record or file in its input, counted from 1; 0 for a whole file.
  package var number: Int
  /// The input's path for a tree that mirrors the inputs: relative to the one folder that was given, else
  /// as it was given.
  package var relative: InputPath

  /// A whole input.
  package static func whole(_ path: InputPath?, relative: InputPath, length: Int? = nil) -> InputPlace {
    InputPlace(path: path, unit: .file, offset: 0, length: length, number: 0, relative: relative)
  }
}
