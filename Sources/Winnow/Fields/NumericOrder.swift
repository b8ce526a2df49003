import WinnowCore

/// A date of three numbers with slashes, hyphens or dots, year last: which of the first two is the day is left open.
struct NumericOrder {
  enum Order { case dayFirst, monthFirst }

  /// Endings of hosts in countries that write English with the day first; what has no country is read the American way.
  static let dayFirstCountries: Set<String> = [
    "uk", "ie", "au", "nz", "in", "za", "ng", "gh", "ke", "ug", "tz", "zm", "zw", "bw", "pk", "lk", "bd",
    "sg", "my", "hk", "mt",
    "jm", "tt", "fj", "eu",
  ]

  /// The first two numbers.
  let first: Int
  let second: Int

  /// The order, where one of the numbers can be no month.
  var certain: Order? { first > 12 ? .dayFirst : second > 12 ? .monthFirst : nil }

  /// The same of a text that is nothing but the date.
  init?(_ text: String) {
    var text = text
    guard text.utf8.count <= 10, let order = text.withUTF8({ NumericOrder($0, 0..<$0.count) }) else {
      return nil
    }
    self = order
  }

  /// `nil` for dates of another form, or with a day that is the month as well.
  init?(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var numbers: [(value: Int, digits: Int)] = []
    var separator: UInt8?
    var index = range.lowerBound
    while index < range.upperBound, numbers.count < 3 {
      var value = 0
      let start = index
      while index < range.upperBound, text[index].isASCIIDigit, index - start < 4 {
        value = value * 10 + Int(text[index] &- 0x30)
        index += 1
      }
      guard index > start else { return nil }
      numbers.append((value, index - start))
      if numbers.count < 3 {
        guard index < range.upperBound, (0x2D...0x2F).contains(text[index]),
          text[index] == separator ?? text[index]
        else { return nil }
        separator = text[index]
        index += 1
      }
    }
    guard numbers.count == 3, numbers[0].digits <= 2, numbers[1].digits <= 2, numbers[2].digits == 4,
      numbers[0].value != numbers[1].value
    else { return nil }
    (first, second) = (numbers[0].value, numbers[1].value)
  }
}
