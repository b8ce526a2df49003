import Testing
import WinnowCore

@testable import Winnow
@testable import WinnowText

/// What the program's own words of a language do to bylines and to short lines around an article.
@Suite struct LanguageWordsTests {
  @Test(arguments: [
    ("Av Kari Lyngstad og Ola Vik", ["Kari Lyngstad", "Ola Vik"]),
    ("Tekst og foto: Kari Lyngstad", ["Kari Lyngstad"]), ("Av Kari Lyngstad, journalist", ["Kari Lyngstad"]),
    ("Skrive av Kari Lyngstad", ["Kari Lyngstad"]),
    ("Af Mette Holm og Jens Krog", ["Mette Holm", "Jens Krog"]),
    ("Skrevet af Mette Holm, kulturredaktør", ["Mette Holm"]),
    ("Teksti: Aino Metsälä ja Eero Koski", ["Aino Metsälä", "Eero Koski"]),
    ("Aino Metsälä, toimittaja", ["Aino Metsälä"]),
    ("Szerző: Kovács Ilona és Tóth Bence", ["Kovács Ilona", "Tóth Bence"]),
    ("Írta: Kovács Ilona", ["Kovács Ilona"]), ("Kovács Ilona, újságíró", ["Kovács Ilona"]),
    ("Autor: Jana Kováčová a Peter Hronec", ["Jana Kováčová", "Peter Hronec"]),
    ("Pripravila Jana Kováčová", ["Jana Kováčová"]), ("Piše: Maja Hribar", ["Maja Hribar"]),
    ("Avtorica: Maja Hribar", ["Maja Hribar"]), ("Escrit per Núria Ferrer", ["Núria Ferrer"]),
    ("Text: Núria Ferrer i Pau Serra", ["Núria Ferrer", "Pau Serra"]),
    ("Parengė Rasa Kalnienė", ["Rasa Kalnienė"]), ("Autorius: Jonas Girdenis", ["Jonas Girdenis"]),
    ("Sagatavoja Ilze Kalna", ["Ilze Kalna"]), ("Autors: Jānis Ozols", ["Jānis Ozols"]),
    ("Toimetas Kadri Mets", ["Kadri Mets"]), ("Kadri Mets, ajakirjanik", ["Kadri Mets"]),
    ("Höfundur: Sigrún Hallsdóttir", ["Sigrún Hallsdóttir"]),
    ("Deur Annelie Vos", ["Annelie Vos"]), ("Oleh Siti Rahmah Yusof", ["Siti Rahmah Yusof"]),
    ("Mwandishi: Amina Juma", ["Amina Juma"]), ("লেখক: অনন্যা রায়", ["অনন্যা রায়"]),
    ("তহমিনা হক ও রফিক আলম", ["তহমিনা হক", "রফিক আলম"]), ("تحریر: سعدیہ ملک", ["سعدیہ ملک"]),
    ("سعدیہ ملک اور عمران بٹ", ["سعدیہ ملک", "عمران بٹ"]),
    ("Nga Arben Hoxha dhe Mira Leka", ["Arben Hoxha", "Mira Leka"]),
    ("Автор: Елена Ристова и Горан Павлов", ["Елена Ристова", "Горан Павлов"]),
    ("Müəllif: Leyla Rzayeva və Orxan Quliyev", ["Leyla Rzayeva", "Orxan Quliyev"]),
    ("Autora: Uxía Castro e Brais Lema", ["Uxía Castro", "Brais Lema"]),
    ("Egilea: Ane Etxarri eta Jon Zabala", ["Ane Etxarri", "Jon Zabala"]),
    ("ავტორი: ნინო ბერიძე და გია ლომიძე", ["ნინო ბერიძე", "გია ლომიძე"]),
    ("Հեղինակ՝ Անի Սարգսյան", ["Անի Սարգսյան"]),
    // Words of these languages are names and parts of names in others.
    ("Per Hansen", ["Per Hansen"]), ("Li Na", ["Li Na"]), ("Kim Jong Un", ["Kim Jong Un"]),
    ("Sita Devi Sharma", ["Sita Devi Sharma"]), ("Ved Prakash Gupta", ["Ved Prakash Gupta"]),
    ("Mia Lindholm", ["Mia Lindholm"]), ("Saga Berg", ["Saga Berg"]),
    ("Leta Hong Fincher", ["Leta Hong Fincher"]),
    ("Anna af Klint", ["Anna af Klint"]), ("Eva Sas", ["Eva Sas"]),
  ])
  func takesNamesOutOfBylines(_ byline: String, _ names: [String]) {
    #expect(FieldWords.names.names(in: byline) == names, "\(byline)")
  }

  /// A page of its language with the line between two paragraphs says what the line is.
  @Test(arguments: [
    ("nb", "Les også: Fergen får ny kai", PhraseSection.readMore), ("nb", "Mest lest", .mostRead),
    ("nb", "Saken fortsetter under annonsen", .advertisement), ("nb", "Oppdatert 3. mai 2024", .updated),
    ("nn", "Saka held fram under annonsen", .advertisement), ("nn", "Gå til hovudinnhald", .navigation),
    ("da", "Læs også: Færgen får ny kaj", .readMore),
    ("da", "Artiklen fortsætter efter annoncen", .advertisement),
    ("fi", "Lue myös: Lossi saa uuden laiturin", .readMore), ("fi", "Luetuimmat", .mostRead),
    ("fi", "Juttu jatkuu mainoksen jälkeen", .advertisement), ("hu", "Kapcsolódó: Új hajó jön", .readMore),
    ("hu", "Cikkünket folyamatosan frissítjük.", .correction), ("sk", "Čítajte aj: Nová kompa", .readMore),
    ("sl", "Preberite tudi: Novi brod", .readMore), ("ca", "Llegiu també: El nou vaixell", .readMore),
    ("lt", "Skaitykite taip pat: Naujas keltas", .readMore), ("lv", "Lasi arī: Jauns prāmis", .readMore),
    ("et", "Loe ka: Uus praam", .readMore), ("is", "Lesa einnig: Ný ferja", .readMore),
    ("af", "Lees ook: Nuwe pont", .readMore), ("ms", "Baca juga: Feri baharu", .readMore),
    ("sw", "Soma pia: Kivuko kipya", .readMore), ("bn", "আরও পড়ুন: নতুন ফেরি", .readMore),
    ("bn", "৩ মিনিট", .readingTime), ("bn", "প্রকাশ: ১৪ মার্চ ২০২৫", .published),
    ("gl", "Le tamén: O novo barco", .readMore), ("eu", "Irakurri ere: Itsasontzi berria", .readMore),
    ("mk", "Прочитајте и: Нов траект", .readMore), ("sq", "Lexo edhe: Trageti i ri", .readMore),
    ("az", "Həmçinin oxuyun: Yeni bərə", .readMore), ("ka", "ასევე წაიკითხეთ: ახალი ბორანი", .readMore),
    ("hy", "Կարդացեք նաև՝ Նոր լաստանավ", .readMore), ("ta", "இதையும் படியுங்கள்: புதிய படகு", .readMore),
    ("ur", "یہ بھی پڑھیں: نئی کشتی", .readMore), ("ur", "جملہ حقوق محفوظ ہیں", .footer),
  ])
  func knowsALine(_ language: String, _ line: String, _ section: PhraseSection) throws {
    let page = Page(id: "1", form: .flatText, bytes: Array(line.utf8))
    let block = try #require(try Winnow().read(page).document.first)
    #expect(Lexicon.builtIn.lists.languages.contains(language))
    #expect(block.hit(section) != nil, "\(language): \(line)")
  }
}
