import Testing

@testable import Winnow

@Suite("Headline cleaning")
struct HeadlineCleaningTests {
  struct Case: Sendable {
    let title: String
    let site: String
    let result: String
  }

  @Test(arguments: [
    Case(
      title: "Council votes on barrier | Daily Courier", site: "Daily Courier",
      result: "Council votes on barrier"),
    Case(
      title: "Bahn baut Strecke – neu – Morgenblatt", site: "Morgenblatt", result: "Bahn baut Strecke – neu"),
    Case(title: "Le Phare - L'eau trop chaude", site: "Le Phare", result: "L'eau trop chaude"),
    Case(title: "Las cisternas llegan :: El Faro", site: "El Faro", result: "Las cisternas llegan"),
    Case(
      title: "Cisternas no sertão — Gazeta do Planalto", site: "Gazeta do Planalto",
      result: "Cisternas no sertão"),
    Case(title: "Новый мост открыли: фото - Вестник", site: "Вестник", result: "Новый мост открыли: фото"),
    Case(title: "Нова станція метро | Вечірній Київ", site: "Вечірній київ", result: "Нова станція метро"),
    Case(title: "新しい橋が開通｜東海新聞", site: "東海新聞", result: "新しい橋が開通"),
    Case(title: "新桥今日正式通车_晨报网", site: "晨报网", result: "新桥今日正式通车"),
    Case(title: "새 다리가 오늘 개통 - 한빛일보", site: "한빛일보", result: "새 다리가 오늘 개통"),
    Case(
      title: "افتتاح الجسر الجديد اليوم | صحيفة النهر", site: "صحيفة النهر",
      result: "افتتاح الجسر الجديد اليوم"),
    Case(title: "הגשר החדש נפתח היום - יומן הים", site: "יומן הים", result: "הגשר החדש נפתח היום"),
    Case(title: "नया पुल आज खुला - सुबह समाचार", site: "सुबह समाचार", result: "नया पुल आज खुला"),
    Case(title: "Yeni köprü açıldı » Sabah Postası", site: "Sabah Postası", result: "Yeni köprü açıldı"),
    Case(title: "Nowy most otwarty · Kurier Rzeczny", site: "Kurier Rzeczny", result: "Nowy most otwarty"),
    Case(title: "Η νέα γέφυρα άνοιξε | Ο Φάρος", site: "Ο Φάρος", result: "Η νέα γέφυρα άνοιξε"),
    Case(title: "A dash - inside stays", site: "Other", result: "A dash - inside stays"),
    Case(title: "Self-made twenty-one", site: "Made", result: "Self-made twenty-one"),
    Case(title: "Daily Courier", site: "Daily Courier", result: "Daily Courier"),
    Case(title: "", site: "X", result: ""),
  ])
  func siteNames(_ item: Case) {
    #expect(HeadlineCleaning(siteNames: [item.site]).clean(item.title) == item.result)
  }

  @Test func sectionsHostsAndAttested() {
    let host = HeadlineCleaning(
      siteNames: [], url: "https://www.morgenblatt.example/x", sections: ["Politik"])
    #expect(host.clean("Der Streit geht weiter - Politik - Morgenblatt.example") == "Der Streit geht weiter")
    #expect(host.clean("Der Streit geht weiter | DAS MORGENBLATT") == "Der Streit geht weiter")
    let umlaut = HeadlineCleaning(siteNames: [], url: "https://gruenertag.example/")
    #expect(umlaut.isSiteName("Grüner Tag"))
    let attested = HeadlineCleaning(siteNames: [], attested: ["The bridge is open - at last"])
    #expect(attested.clean("The bridge is open - at last | Kurier | News") == "The bridge is open - at last")
    #expect(attested.clean("Traffic: The bridge is open – at last") == "The bridge is open – at last")
  }

  @Test func hostileTitles() {
    let cleaning = HeadlineCleaning(siteNames: ["a"], attested: ["b c"])
    for unit in ["| ", " - ", ": ", "a|", "«»"] {
      _ = cleaning.clean(String(repeating: unit, count: 250))
    }
  }
}
