import WinnowCore

extension DocumentBuilder {
  /// Marks that name boilerplate. On a container that holds most of the page's prose they are about the
  /// page (`<article class="post tag-news">`, `<div class="popup-enabled">`) and are ignored.
  private static let boilerplateMarks: MarkupMarks = [
    .navigationToken, .breadcrumbToken, .footerToken, .sidebarToken, .relatedToken, .mostReadToken,
    .tickerToken, .commentsToken, .shareToken, .promotionToken, .consentToken, .paywallToken,
    .advertisementToken, .bylineToken, .dateToken, .headlineToken, .dekToken, .captionToken, .creditToken,
    .tagsToken, .authorBioToken, .mediaToken, .overlayToken, .hiddenToken, .contentsToken, .toolsToken,
    .teaserToken, .correctionToken, .metaToken, .mastheadToken, .form, .header, .footer, .aside, .nav,
    .dialog,
    .button, .hidden,
  ]

  /// Fills block ranges, sums and token marks; then lets marks reach the containers inside.
  ///
  /// - parameter raw: gives its containers away, lest they be copied.
  func finishContainers(_ raw: inout RawDocument, _ rows: [BlockRow]) -> [ContainerRow] {
    var result: [ContainerRow] = []
    swap(&result, &raw.containers)
    guard !result.isEmpty else { return [ContainerRow()] }
    for index in result.indices {
      result[index].firstBlock = Int32.max
      result[index].endBlock = 0
    }
    for (index, row) in rows.enumerated() {
      let container = Int(row.container)
      guard result.indices.contains(container) else { continue }
      result[container].firstBlock = min(result[container].firstBlock, Int32(index))
      result[container].endBlock = Int32(index) + 1
      result[container].words += row.measures.words
      result[container].characters += row.measures.characters
      result[container].linkCharacters += row.measures.linkCharacters
      if row.measures.flags.contains(.prose) { result[container].proseWords += row.measures.words }
    }
    // Containers stand in opening order, so walking backwards meets children before their parents.
    for index in result.indices.reversed() {
      let parent = Int(result[index].parent)
      guard parent >= 0, parent < index else { continue }
      result[parent].firstBlock = min(result[parent].firstBlock, result[index].firstBlock)
      result[parent].endBlock = max(result[parent].endBlock, result[index].endBlock)
      result[parent].words += result[index].words
      result[parent].characters += result[index].characters
      result[parent].linkCharacters += result[index].linkCharacters
      result[parent].proseWords += result[index].proseWords
    }
    let pageProse = result[0].proseWords
    for index in result.indices {
      if result[index].firstBlock == Int32.max { result[index].firstBlock = result[index].endBlock }
      if result[index].tokenEnd > result[index].tokenStart {
        let range = Int(result[index].tokenStart)..<Int(result[index].tokenEnd)
        let marks = raw.tokens.withUnsafeBufferPointer {
          markup.marks(of: UnsafeBufferPointer(rebasing: $0[range]))
        }
        result[index].marks.formUnion(marks)
      }
      if pageProse > 0, result[index].proseWords * 2 > pageProse {
        result[index].marks.subtract(DocumentBuilder.boilerplateMarks)
      }
      let parent = Int(result[index].parent)
      result[index].inherited =
        parent >= 0 && parent < index
        ? result[index].marks.union(result[parent].inherited) : result[index].marks
    }
    return result
  }
}
