/// How the prescan treats elements whose content is no markup: it cuts them or lifts out what they hold.
extension HTMLPrescan {
  /// Reads an element from its start tag on; returns the place after it.
  mutating func rawElement(_ tag: HTMLTag, _ start: Int, _ end: Int, _ firstAttribute: Int) -> Int {
    var after = end
    switch tag {
    case .script:
      let body = rawEnd(of: "script", tag, from: end)
      let stop = body?.start ?? count
      if isJSONLD(firstAttribute) {
        jsonLD.append(end..<stop)
      } else if stop - end >= Self.fewestBytesOfData || isPieceOfData(end, stop) {
        scripts.append(end..<stop)
      }
      after = body?.after ?? count
    case .style: after = rawEnd(of: "style", tag, from: end)?.after ?? count
    case .title:
      let body = rawEnd(of: "title", tag, from: end)
      // A title that never ends would swallow the page: it ends at the next tag instead.
      let stop = body?.start ?? find(0x3C, from: end) ?? count
      if title == nil { title = end..<stop }
      after = body?.after ?? stop
    case .svg:
      after = input[end - 2] == 0x2F ? end : nestedEnd(of: "svg", tag, from: end) ?? end
      addGap(start, after, tag)
    case .math: after = input[end - 2] == 0x2F ? end : nestedEnd(of: "math", tag, from: end) ?? end
    case .template: after = nestedEnd(of: "template", tag, from: end) ?? end
    case .textarea: after = rawEnd(of: "textarea", tag, from: end)?.after ?? end
    case .noembed: after = rawEnd(of: "noembed", tag, from: end)?.after ?? end
    case .noframes: after = rawEnd(of: "noframes", tag, from: end)?.after ?? end
    case .iframe:
      // The page behind a frame that never ends is kept.
      after = rawEnd(of: "iframe", tag, from: end)?.after ?? end
      addGap(start, after, tag)
    case .xmp:
      let body = rawEnd(of: "xmp", tag, from: end)
      addPreformatted(start, end, body?.start ?? count)
      after = body?.after ?? count
    case .plaintext:
      addPreformatted(start, end, count)
      after = count
    default: return noscript(start, end, firstAttribute)
    }
    attributes.removeLast(attributes.count - firstAttribute)
    return after
  }

  /// Whether a script hands over a piece of data, which may be a text's first bytes.
  private func isPieceOfData(_ start: Int, _ stop: Int) -> Bool {
    FlightData.isPiece(UnsafeBufferPointer(start: input + start, count: stop - start))
  }

  private mutating func addPreformatted(_ start: Int, _ textStart: Int, _ textEnd: Int) {
    let name = Name(key: 0x70_7265, length: 3, start: -1, end: textStart)
    var event = HTMLEvent(
      start: UInt32(start), end: UInt32(textStart), place: UInt32(skeletonCount), kind: .void, tag: .pre)
    emit(&event, name, [])
    events.append(
      HTMLEvent(
        start: UInt32(textStart), end: UInt32(textEnd), place: UInt32(skeletonCount), kind: .rawText))
    emitClose(name, .pre, textEnd, textEnd)
  }

  /// A `noscript` in the head, or with nothing but pictures in it, is cut; others are elements like any.
  private mutating func noscript(_ start: Int, _ end: Int, _ firstAttribute: Int) -> Int {
    if let body = rawEnd(of: "noscript", .noscript, from: end) {
      let content = isInHead ? .nothing : noscriptContent(end, body.start)
      if content != .other {
        attributes.removeLast(attributes.count - firstAttribute)
        if content == .picture { addGap(start, body.after, .img) }
        addGap(start, body.after, .iframe)
        return body.after
      }
    }
    var event = HTMLEvent(
      start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .void, tag: .noscript)
    event.attributes = UInt32(firstAttribute)
    event.attributeCount = UInt16(truncatingIfNeeded: attributes.count - firstAttribute)
    emit(&event, Name(key: 0x6E6F_7363_7269_7074, length: 8, start: start + 1, end: end), [])
    return end
  }
}
