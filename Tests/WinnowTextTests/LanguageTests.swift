import Testing

@testable import WinnowText

@Suite struct LanguageTests {
  static let guesser = LanguageGuesser(functionWords: [
    ("en", ["the", "of", "and", "to", "in", "is", "was", "for", "with", "that", "on"]),
    ("de", ["der", "die", "das", "und", "in", "ist", "von", "mit", "für", "nicht", "den"]),
    ("fr", ["le", "la", "les", "de", "et", "des", "est", "dans", "pour", "que", "un"]),
    ("es", ["el", "la", "los", "de", "y", "en", "que", "por", "con", "un", "una"]),
    ("ru", ["и", "в", "не", "на", "что", "с", "по", "из"]),
    ("uk", ["і", "в", "не", "на", "що", "з", "та", "у"]),
    ("hi", ["के", "में", "की", "है", "और", "का"]), ("mr", ["आहे", "आणि", "या", "च्या"]),
  ])

  static func guess(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { guesser.guess($0) }
  }

  @Test(arguments: [
    ("The head of the agency said that the plan was for the good of all.", "en"),
    ("Der Chef der Behörde sagte, die Pläne seien für den Staat und nicht für die Bürger.", "de"),
    ("Le chef de l'agence et les membres du conseil sont dans la ville pour un débat.", "fr"),
    ("El jefe de la agencia y los miembros se reunieron en una ciudad con el alcalde.", "es"),
    ("Он сказал, что в городе не было света и воды, а на улицах стояли люди.", "ru"),
    ("Він сказав, що в місті не було світла та води, а на вулицях стояли люди.", "uk"),
    ("これは東京の新聞の記事です。", "ja"), ("这是一篇关于北京的新闻报道。", "zh"), ("이것은 서울의 신문 기사입니다.", "ko"),
    ("นี่คือบทความข่าว", "th"), ("זו כתבה על העיר", "he"), ("Αυτό είναι ένα άρθρο", "el"),
    ("هذا مقال عن المدينة الكبيرة", "ar"), ("این یک گزارش دربارهٔ پایتخت کشور است که می‌گوید", "fa"),
    ("यह खबर दिल्ली के बारे में है और शहर की", "hi"), ("இது ஒரு செய்தி", "ta"), ("এটি একটি খবর", "bn"),
    ("Україна її єдність", "uk"), ("Ово је вест о граду који ће бити љубав", "sr"),
  ])
  func guesses(_ text: String, _ language: String) {
    #expect(Self.guess(text) == language, "\(text)")
  }

  static let running = (
    en: """
    The head of the agency said on Friday that the plan was for the good of all, and that it was agreed in the
    council with the consent of the mayor. The bridge is to be closed for a year, and the ferry is to sail for that
    time with the help of the navy.
    """,
    de: """
    Der Chef der Behörde sagte am Freitag, dass die Pläne nicht für den Staat seien und das Amt in der Stadt mit den
    Bürgern von der Brücke spreche. Die Fähre ist für die Zeit nicht in der Lage, und das Schiff von der Marine ist
    mit den Leuten und der Ladung in den Hafen gefahren.
    """,
    uk: """
    Він сказав, що в місті не було світла та води, а на вулицях стояли люди з ліхтарями. У порту в неділю не було
    кораблів, що з моря несли на берег рибу та сіль, і в домах на горі не було людей, що в той день пішли у степ.
    """
  )

  @Test(
    arguments: [
      ("en-US", running.de, "de"), ("de", running.en, "en"), ("en", running.uk, "uk"),
      ("de-DE", running.de, nil),
      ("en", running.en, nil),
      // A neighbour whose words are much the same, a language that nobody knows, and too little text.
      ("ru", running.uk, nil), ("tlh", running.de, nil), ("en", "Der Chef der Behörde und die Stadt", nil),
      // Names and menus of another language are no text.
      ("en", running.en + " Zum Rat und der Stadt, von der Fähre in den Hafen", nil),
    ] as [(String, String, String?)])
  func declaredWrongly(_ declared: String, _ text: String, _ language: String?) {
    let found = Array(text.utf8).withUnsafeBufferPointer {
      Self.guesser.contradiction(of: declared, in: $0)
    }
    #expect(found == language)
  }

  @Test(arguments: ["", "12345", "Ann Lee", "Lorem ipsum dolor sit amet consectetur"])
  func abstains(_ text: String) {
    #expect(Self.guess(text) == nil)
  }

  @Test func aWordListedInTwoCasesCountsOnce() {
    let words = [("xx", ["a", "A", "b", "c"]), ("yy", ["a", "b", "c", "d"])]
    let guesser = LanguageGuesser(functionWords: words.map { (language: $0.0, words: $0.1) })
    let language = Array("a b c d a b c d".utf8).withUnsafeBufferPointer { guesser.guess($0) }
    #expect(language == "yy")
  }

  @Test func breaksTiesByOrder() {
    let words = ["a", "b", "c"]
    let guesser = LanguageGuesser(functionWords: [("xx", words), ("yy", words)])
    let language = Array("a b c a b c".utf8).withUnsafeBufferPointer { guesser.guess($0) }
    #expect(language == "xx")
  }
}
