import Testing

@testable import WinnowText

/// A paragraph of the program's languages must be told from its neighbours', with the words of the program.
@Suite struct LanguageParagraphTests {
  static func guess(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { TextTools.languages.guess($0) }
  }

  @Test(arguments: [
    // The Nordic languages of the mainland share most words.
    (
      "nb",
      "Fergen til Lyngholmen går igjen etter fire uker, men ikke om natten. Kapteinen sier at de nå har fått en ny motor, og at hun håper flere vil bli med over fjorden når været blir bedre."
    ),
    (
      "nn",
      "Ferja til Lyngholmen går igjen etter fire veker, men ikkje om natta. Kapteinen seier at dei no har fått ein ny motor, og at ho vonar fleire vil bli med over fjorden når vêret blir betre."
    ),
    (
      "da",
      "Færgen til Lyngholmen sejler igen efter fire uger, men ikke om natten. Kaptajnen siger, at de nu har fået en ny motor, og at hun håber, flere vil tage med over fjorden, når vejret bliver bedre."
    ),
    (
      "sv",
      "Färjan till Lyngholmen går igen efter fyra veckor, men inte på natten. Kaptenen säger att de nu har fått en ny motor och att hon hoppas att fler vill följa med över fjorden när vädret blir bättre."
    ),
    (
      "is",
      "Ferjan út í Lyngey siglir aftur eftir fjórar vikur, en ekki á nóttunni. Skipstjórinn segir að nú hafi þau fengið nýja vél og að hún voni að fleiri komi með yfir fjörðinn þegar veðrið batnar."
    ),
    // Finnish and Estonian share "ja", "on" and "ei".
    (
      "fi",
      "Lossi Koivusaareen kulkee taas neljän viikon jälkeen, mutta ei öisin. Kuljettaja sanoo, että siihen on nyt vaihdettu uusi moottori ja että hän toivoo useamman lähtevän mukaan, kun sää paranee."
    ),
    (
      "et",
      "Praam Kasesaarele sõidab jälle pärast nelja nädalat, aga mitte öösel. Kapten ütles, et nüüd on sellel uus mootor ja ta loodab, et rohkem inimesi tuleb kaasa, kui ilm läheb paremaks."
    ),
    // Slovak and Czech.
    (
      "sk",
      "Kompa na Lipový ostrov po štyroch týždňoch opäť premáva, ale nie v noci. Kapitán hovorí, že už má nový motor a dúfa, že keď sa počasie zlepší, bude chcieť ísť cez rieku viac ľudí ako vlani."
    ),
    (
      "cs",
      "Přívoz na Lipový ostrov po čtyřech týdnech opět jezdí, ale ne v noci. Kapitán říká, že už má nový motor a doufá, že až se počasí zlepší, bude chtít přes řeku více lidí než loni, kteří tu bydlí."
    ),
    // Slovenian and Croatian.
    (
      "sl",
      "Brod na Lipov otok po štirih tednih spet vozi, vendar ne ponoči. Kapitan pravi, da ima zdaj nov motor in da upa, da bo čez reko želelo več ljudi kot lani, ko se bo vreme izboljšalo."
    ),
    (
      "hr",
      "Trajekt za Lipov otok nakon četiri tjedna opet vozi, ali ne noću. Kapetan kaže da sada ima novi motor i da se nada da će preko rijeke htjeti više ljudi nego prošle godine kada se vrijeme popravi."
    ),
    // Catalan, Spanish and Portuguese.
    (
      "ca",
      "El transbordador de l'illa torna a sortir després de quatre setmanes, però no a la nit. La capitana diu que ara té un motor nou i que espera que més gent vulgui passar a l'altra banda quan el temps millori."
    ),
    (
      "es",
      "El transbordador de la isla vuelve a salir después de cuatro semanas, pero no por la noche. La capitana dice que ahora tiene un motor nuevo y que espera que más gente quiera pasar al otro lado cuando mejore el tiempo."
    ),
    (
      "pt",
      "A balsa da ilha voltou a sair depois de quatro semanas, mas não à noite. A capitã diz que agora tem um motor novo e que espera que mais pessoas queiram passar para o outro lado quando o tempo melhorar."
    ),
    (
      "gl",
      "O transbordador da illa volve saír despois de catro semanas, pero non pola noite. A capitá di que agora ten un motor novo e que espera que máis xente queira pasar ao outro lado cando mellore o tempo."
    ),
    (
      "eu",
      "Uharteko ferrya berriz hasi da lau asteren ondoren, baina ez gauez. Kapitainak esan du orain motor berria duela eta jende gehiagok pasatu nahi izango duela espero du, eguraldia hobea denean."
    ),
    // Macedonian, Serbian and Bulgarian.
    (
      "mk",
      "Траектот за Липов Остров по четири недели повторно вози, но не ноќе. Капетанката вели дека сега има нов мотор и дека се надева оти повеќе луѓе ќе сакаат да ја преминат реката кога времето ќе се подобри."
    ),
    (
      "sr",
      "Трајект за Липово острво после четири недеље поново вози, али не ноћу. Капетан каже да сада има нови мотор и да се нада да ће више људи хтети да пређе реку када се време поправи."
    ),
    (
      "bg",
      "Фериботът до Липовия остров отново пътува след четири седмици, но не и през нощта. Капитанката казва, че сега има нов двигател и че се надява повече хора да искат да преминат реката, когато времето се подобри."
    ),
    // Azerbaijani and Turkish.
    (
      "az",
      "Adaya gedən bərə dörd həftədən sonra yenə işləyir, amma gecələr yox. Kapitan deyib ki, indi onun yeni mühərriki var və hava yaxşı olanda daha çox adam çayın o biri tərəfinə keçmək istəyəcək."
    ),
    (
      "tr",
      "Adaya giden feribot dört hafta sonra yeniden çalışıyor ama geceleri değil. Kaptan şimdi yeni bir motoru olduğunu ve hava düzelince daha çok kişinin nehrin diğer yakasına geçmek isteyeceğini söyledi."
    ),
    (
      "sq",
      "Trageti për në ishull niset përsëri pas katër javësh, por jo natën. Kapitenia thotë se tani ka një motor të ri dhe se shpreson që më shumë njerëz do të duan të kalojnë lumin kur moti të jetë më i mirë."
    ),
    ("ka", "ბორანი კუნძულზე ოთხი კვირის შემდეგ ისევ დადის, მაგრამ ღამით არა."),
    ("hy", "Լաստանավը չորս շաբաթ անց կրկին աշխատում է, բայց ոչ գիշերը։"),
    ("ta", "நான்கு வாரங்களுக்குப் பிறகு படகு மீண்டும் ஓடுகிறது, ஆனால் இரவில் இல்லை."),
    // Lithuanian and Latvian.
    (
      "lt",
      "Keltas į Liepų salą po keturių savaičių vėl plaukia, bet ne naktį. Kapitonė sako, kad dabar jis turi naują variklį ir kad ji tikisi, jog pagerėjus orams daugiau žmonių norės keltis per upę."
    ),
    (
      "lv",
      "Prāmis uz Liepu salu pēc četrām nedēļām atkal kursē, bet ne naktī. Kapteine saka, ka tagad tam ir jauns dzinējs un ka viņa cer, ka vairāk cilvēku gribēs pāri upei, kad laiks kļūs labāks."
    ),
    // Afrikaans and Dutch.
    (
      "af",
      "Die pont na Lindeneiland vaar weer ná vier weke, maar nie in die nag nie. Die kaptein sê dat dit nou 'n nuwe enjin het en dat sy hoop dat meer mense sal wil saamkom wanneer die weer beter word."
    ),
    (
      "nl",
      "De pont naar Lindeneiland vaart weer na vier weken, maar niet in de nacht. De kapitein zegt dat er nu een nieuwe motor in zit en dat zij hoopt dat meer mensen mee willen als het weer beter wordt."
    ),
    // Malay and Indonesian.
    (
      "ms",
      "Feri ke Pulau Pandan kembali beroperasi selepas empat minggu, tetapi bukan pada waktu malam. Kaptennya berkata feri itu kini mempunyai enjin baharu dan beliau berharap lebih ramai orang akan menaikinya apabila cuaca bertambah baik kerana laluan itu lebih dekat."
    ),
    (
      "id",
      "Feri ke Pulau Pandan kembali beroperasi setelah empat minggu, tetapi tidak pada malam hari. Kaptennya mengatakan bahwa feri itu sekarang memiliki mesin baru dan ia berharap lebih banyak orang akan ikut ketika cuaca membaik karena jalur itu lebih dekat."
    ),
    // Languages alone in their family here.
    (
      "hu",
      "A Hárs-szigetre tartó komp négy hét után újra jár, de éjszaka nem. A kapitány azt mondta, hogy most már új motorja van, és reméli, hogy többen akarnak majd átkelni a folyón, ha az idő jobbra fordul."
    ),
    (
      "sw",
      "Kivuko cha kwenda kisiwani kinafanya kazi tena baada ya wiki nne, lakini si wakati wa usiku. Nahodha alisema kwamba sasa kina injini mpya na kwamba watu wengi zaidi watavuka kwa kuwa hali ya hewa ni nzuri."
    ),
    // Bengali, Urdu and the other languages in its script.
    (
      "bn",
      "চার সপ্তাহ পর দ্বীপের ফেরিটি আবার চলছে, কিন্তু রাতে নয়। চালক বলেন, এখন এটিতে নতুন ইঞ্জিন আছে এবং আবহাওয়া ভালো হলে আরও অনেক মানুষ নদী পার হবেন।"
    ),
    (
      "ur",
      "جزیرے کی کشتی چار ہفتے بعد پھر چلنے لگی ہے لیکن رات کو نہیں۔ کپتان نے کہا کہ اب اس میں نیا انجن ہے اور موسم بہتر ہونے پر زیادہ لوگ دریا کے پار جا سکیں گے۔"
    ),
    (
      "fa",
      "کشتی جزیره پس از چهار هفته دوباره به راه افتاده است، اما نه در شب. ناخدا گفت که اکنون موتور تازه‌ای دارد و با بهتر شدن هوا مردم بیشتری از رودخانه خواهند گذشت."
    ),
    (
      "ar",
      "عادت عبّارة الجزيرة إلى العمل بعد أربعة أسابيع، لكن ليس في الليل. وقالت الربّانة إن لها الآن محركا جديدا وإن عددا أكبر من الناس سيعبر النهر عندما يتحسن الطقس."
    ),
  ])
  func tellsNeighboursApart(_ language: String, _ paragraph: String) {
    #expect(Self.guess(paragraph) == language)
  }

  /// Lists of names and loan words hold too few function words to speak for any of them.
  @Test(arguments: [
    "Tromsø Bergen Oslo Odense Aarhus Turku Tampere Debrecen Szeged", "Sport Video Podcast Radio TV Studio",
  ])
  func namesAreNoEvidence(_ text: String) {
    #expect(Self.guess(text) == nil)
  }

  @Test(arguments: [
    ("nb", "da", true), ("da", "nb", true), ("nn", "nb", true), ("ca", "es", true), ("es", "ca", false),
    ("ms", "id", true), ("id", "ms", false), ("sk", "cs", true), ("cs", "sk", false), ("gl", "es", true),
    ("es", "gl", false), ("eu", "es", true), ("sv", "nb", false), ("fi", "fi", true), ("fi", "et", false),
  ])
  func borrowsPhrases(_ language: String, _ other: String, _ borrows: Bool) {
    #expect(LanguageFamilies.members(of: language).contains(other) == borrows)
  }
}
