/// How many letters of each script a text has, and what that says of its language.
struct ScriptCounts {
  /// A script, or a family of scripts that is read together.
  enum Script: Int, CaseIterable {
    case latin, cyrillic, greek, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati, oriya, tamil, telugu
    case kannada, malayalam, sinhala, thai, lao, burmese, georgian, armenian, ethiopic, khmer, kana, hangul,
      han
  }

  private var counts = [Int](repeating: 0, count: Script.allCases.count)
  /// Letters of all scripts.
  private(set) var letters = 0
  // Letters that one language of a shared script has and its neighbours lack.
  private var ukrainian = 0
  private var belarusian = 0
  private var russian = 0
  private var serbian = 0
  private var macedonian = 0
  private var bulgarian = 0
  private var persian = 0
  private var urdu = 0

  /// Counts a letter.
  mutating func add(_ scalar: UInt32) {
    letters += 1
    guard let script = Self.script(of: scalar) else { return }
    counts[script.rawValue] += 1
    if script == .cyrillic { addCyrillic(DateFolding.lower(scalar)) }
    if script == .arabic { addArabic(scalar) }
  }

  /// Counts letters of the Latin alphabet.
  mutating func addLatin(_ count: Int) {
    letters += count
    counts[Script.latin.rawValue] += count
  }

  /// The script with the most letters if it has `share` of them. Latin only when no other script has.
  func leading(share: Double) -> Script? {
    var best = Script.latin
    for script in Script.allCases where script != .latin {
      let isFirst = best == .latin && Double(count(of: script)) >= share * Double(letters)
      if isFirst || (best != .latin && count(of: script) > count(of: best)) { best = script }
    }
    // Japanese is a mixture, so that each of its parts may stay below the share.
    if best == .latin, Double(count(of: .kana) + count(of: .han)) >= share * Double(letters) {
      best = count(of: .kana) > 0 ? .kana : .han
    }
    return count(of: best) > 0 ? best : nil
  }

  /// The letters of one script.
  func count(of script: Script) -> Int { counts[script.rawValue] }

  fileprivate var likeliestCyrillic: String {
    let rivals = [
      ("uk", ukrainian), ("ru", russian), ("be", belarusian), ("sr", serbian), ("mk", macedonian),
    ]
    var best = ("bg", 0)
    for rival in rivals where rival.1 > best.1 { best = rival }
    if best.1 == 0 { return bulgarian > 0 ? "bg" : "ru" }
    // Belarusian shares its letters with both neighbours except for one.
    return belarusian > 2 && best.0 != "sr" && best.0 != "mk" ? "be" : best.0
  }

  fileprivate var likeliestArabic: String {
    if urdu > 0, urdu * 50 >= count(of: .arabic) { return "ur" }
    return persian * 50 > count(of: .arabic) ? "fa" : "ar"
  }

  private mutating func addCyrillic(_ scalar: UInt32) {
    switch scalar {
    case 0x0457, 0x0454, 0x0491: ukrainian += 1
    case 0x0456: ukrainian += 1
    case 0x045E: belarusian += 1
    case 0x044B, 0x044D, 0x0451: russian += 1
    case 0x0452, 0x045B: serbian += 2
    case 0x0458, 0x0459, 0x045A, 0x045F:
      serbian += 1
      macedonian += 1
    case 0x0453, 0x0455, 0x045C: macedonian += 2
    case 0x044A, 0x0449: bulgarian += 1
    default: break
    }
  }

  private mutating func addArabic(_ scalar: UInt32) {
    switch scalar {
    case 0x067E, 0x0686, 0x0698, 0x06AF, 0x06A9, 0x06CC: persian += 1
    case 0x0679, 0x0688, 0x0691, 0x06BA, 0x06D2, 0x06BE, 0x06C1: urdu += 1
    default: break
    }
  }

  private static func script(of scalar: UInt32) -> Script? {
    switch scalar {
    case ..<0x0250, 0x1E00...0x1EFF, 0xFF21...0xFF5A: .latin
    case 0x0370...0x03FF, 0x1F00...0x1FFF: .greek
    case 0x0400...0x052F: .cyrillic
    case 0x0530...0x058F: .armenian
    case 0x0590...0x05FF: .hebrew
    case 0x0600...0x06FF, 0x0750...0x077F, 0x08A0...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFE: .arabic
    case 0x0900...0x0DFF: indic(scalar)
    case 0x0E00...0x0E7F: .thai
    case 0x0E80...0x0EFF: .lao
    case 0x1000...0x109F: .burmese
    case 0x10A0...0x10FF: .georgian
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: .hangul
    case 0x1200...0x139F: .ethiopic
    case 0x1780...0x17FF: .khmer
    case 0x3040...0x30FF, 0xFF66...0xFF9D: .kana
    case 0x3005, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .han
    default: nil
    }
  }

  private static func indic(_ scalar: UInt32) -> Script {
    switch scalar {
    case ..<0x0980: .devanagari
    case ..<0x0A00: .bengali
    case ..<0x0A80: .gurmukhi
    case ..<0x0B00: .gujarati
    case ..<0x0B80: .oriya
    case ..<0x0C00: .tamil
    case ..<0x0C80: .telugu
    case ..<0x0D00: .kannada
    case ..<0x0D80: .malayalam
    default: .sinhala
    }
  }
}

extension ScriptCounts.Script {
  /// The language of a script that news of one language alone is written in.
  func onlyLanguage(_ counts: ScriptCounts) -> String? {
    switch self {
    // A Japanese text has kana in every sentence; a Chinese one has some in names at most.
    case .kana, .han:
      counts.count(of: .kana) * 20 >= counts.count(of: .han) && counts.count(of: .kana) > 0 ? "ja" : "zh"
    case .hangul: "ko"
    case .thai: "th"
    case .lao: "lo"
    case .khmer: "km"
    case .burmese: "my"
    case .georgian: "ka"
    case .armenian: "hy"
    case .greek: "el"
    case .gurmukhi: "pa"
    case .gujarati: "gu"
    case .oriya: "or"
    case .tamil: "ta"
    case .telugu: "te"
    case .kannada: "kn"
    case .malayalam: "ml"
    case .sinhala: "si"
    case .latin, .cyrillic, .hebrew, .arabic, .devanagari, .bengali, .ethiopic: nil
    }
  }

  /// The likeliest language of a script that several languages share, by their own letters.
  func likeliestLanguage(_ counts: ScriptCounts) -> String? {
    switch self {
    case .cyrillic: counts.likeliestCyrillic
    case .arabic: counts.likeliestArabic
    case .hebrew: "he"
    case .devanagari: "hi"
    case .bengali: "bn"
    case .ethiopic: "am"
    default: nil
    }
  }
}
