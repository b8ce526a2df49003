import WinnowCore

/// The body role that a block's kind calls for.
enum BodyRole {
  static func of(_ row: BlockRow) -> Role {
    switch row.measures.kind {
    case .paragraph, .figureCaption: row.measures.flags.contains(.bullet) ? .listItem : .paragraph
    case .heading: .subheading
    case .listItem: .listItem
    case .quotation: .quotation
    case .tableRow: .table
    case .code: .code
    }
  }
}
