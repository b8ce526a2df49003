import WinnowCore

/// The one stylesheet of the HTML report. It depends on nothing of the page, so that the report's content
/// security policy can name it by its hash and allow nothing else.
package enum ReportStyle {
  /// How many stages have a filter of their own; blocks of further stages cannot be filtered by stage.
  static let stageFilters = 64

  /// The policy: no script at all, no network, no form target, and this stylesheet only.
  package static let policy =
    "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"

  /// SHA-256 of ``css`` in base 64. A test compares it and prints the right one.
  package static let hash = "/i80SyTVPHqIZcXB7PmkzpfeEWQM9Rgs0H6kXHKTKkg="

  /// The stylesheet.
  package static let css: String = {
    var css = base
    for role in Role.allCases {
      let (hue, chroma) = color(of: role)
      css += ".r\(role.rawValue){--h:\(hue);--c:\(chroma)}\n"
      css += ".report:has(#r\(role.rawValue):not(:checked)) .b.r\(role.rawValue){display:none}\n"
    }
    for index in 0..<stageFilters {
      css += ".report:has(#s\(index):not(:checked)) .b.s\(index){display:none}\n"
    }
    return css
  }()

  /// Hue in degrees, and how much of it: blues fill fields, greens are the body, violets stand beside it,
  /// reds to yellows belong to the page. One lightness for all, so that contrast does not depend on role.
  private static func color(of role: Role) -> (hue: Int, chroma: String) {
    let hues: [Role: Int] = [
      .headline: 255, .dek: 245, .byline: 265, .publicationDate: 235, .dateline: 225, .source: 275,
      .tags: 215,
      .paragraph: 150, .subheading: 165, .listItem: 140, .quotation: 175, .table: 130, .code: 185,
      .caption: 310, .credit: 320, .disclaimer: 295, .correction: 330,
      .siteName: 95, .navigation: 85, .breadcrumb: 90, .footer: 80, .ticker: 60, .relatedLinks: 50,
      .mostRead: 45, .readMore: 40, .engagement: 32, .readingTime: 36, .share: 27, .promotion: 15,
      .paywall: 5, .consent: 0, .advertisement: 10, .mediaStub: 70, .comments: 65, .authorBio: 350,
      .furtherArticle: 55,
    ]
    guard let hue = hues[role] else { return (80, ".12") }
    return (hue, "1")
  }

  private static let base = """
    :root{color-scheme:light dark;--bg:#faf9f6;--card:#fff;--ink:#1c1a18;--soft:#625d56;--line:#e3ded6;
    --link:#0b4fb3;--focus:#0b4fb3;--tint-l:.965;--tint-c:.024;--bar-l:.62;--bar-c:.15;--chip-l:.42;--chip-c:.11;
    --serif:"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4","Noto Serif",Georgia,serif;
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
    --mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media (prefers-color-scheme:dark){:root{--bg:#141312;--card:#1c1b19;--ink:#ece8e1;--soft:#aaa399;--line:#35322d;
    --link:#8db8ff;--focus:#8db8ff;--tint-l:.245;--tint-c:.03;--bar-l:.7;--bar-c:.13;--chip-l:.83;--chip-c:.09}}
    *{box-sizing:border-box}
    html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.55 var(--sans);overflow-wrap:anywhere}
    a{color:var(--link);text-underline-offset:.15em}
    h1,h2,h3,p,dl,dd,ul,ol,figure{margin:0}
    code{font:.875em/1.4 var(--mono)}
    :focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
    .skip{position:absolute;left:-999rem;top:0;background:var(--card);padding:.5rem 1rem;z-index:9}
    .skip:focus{left:0}
    .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .wrap{max-width:90rem;margin:0 auto;padding:0 1rem}
    .top{padding-top:1.75rem;padding-bottom:1.25rem}
    .kicker{font-size:.8125rem;color:var(--soft);letter-spacing:.02em}
    .top h1{font:600 clamp(1.5rem,1.1rem + 1.8vw,2.4rem)/1.18 var(--serif);margin:.35rem 0 .9rem;max-width:48rem;
    text-wrap:balance}
    .badges{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;font-size:.9375rem}
    .status{border:1px solid currentColor;border-radius:99px;padding:.1rem .75rem;font-weight:600}
    .status.article{color:oklch(var(--chip-l) var(--chip-c) 150)}
    .status.partial{color:oklch(var(--chip-l) var(--chip-c) 70)}
    .status.notAnArticle,.status.failed{color:oklch(var(--chip-l) var(--chip-c) 25)}
    .conf{display:inline-flex;gap:.5rem;align-items:center}
    meter{width:7rem;height:1rem}
    .ribbon{display:block;width:100%;height:2.25rem;margin:1.25rem 0 .35rem;border-radius:5px;background:var(--line)}
    .ribbon rect{fill:oklch(var(--bar-l) calc(var(--bar-c)*var(--c)) var(--h));opacity:.42}
    .ribbon rect.k{opacity:1}
    .legend{font-size:.8125rem;color:var(--soft)}
    .jump{position:sticky;top:0;z-index:5;background:var(--bg);border-bottom:1px solid var(--line)}
    .jump ul{list-style:none;display:flex;gap:.25rem;padding:0}
    .jump a{display:block;padding:.7rem .8rem;text-decoration:none;font-weight:600}
    .jump li:first-child a{padding-left:0}
    .grid{display:grid;gap:2rem;padding-top:1.5rem;padding-bottom:2rem}
    .sheet{margin-bottom:3rem}
    h2{font-size:1.0625rem;line-height:1.3;font-weight:650;margin:0 0 .75rem}
    h3{font-size:.9375rem;font-weight:650;margin:1.5rem 0 .5rem}
    .card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem}
    .story{font:1.0625rem/1.65 var(--serif)}
    .story>*+*{margin-top:1em}
    .story h2{font:600 1.6rem/1.2 var(--serif);margin:0}
    .story .dek{font-size:1.125em;line-height:1.45;color:var(--soft)}
    .story .by{font:.875rem/1.5 var(--sans);color:var(--soft)}
    .story h3,.story h4{font:600 1.15em/1.3 var(--serif);margin-top:1.6em}
    .story ul{padding-left:1.3em}
    .story blockquote{margin:1em 0;padding-left:1em;border-left:3px solid var(--line);font-style:italic}
    .story pre{font:.8125rem/1.5 var(--mono);white-space:pre-wrap;background:var(--bg);padding:.75rem;border-radius:6px}
    .scroll{overflow-x:auto}
    .story table{border-collapse:collapse;font:.875rem/1.45 var(--sans)}
    .story td{border:1px solid var(--line);padding:.3rem .55rem;vertical-align:top}
    .ref{font:.6875rem/1 var(--mono);color:var(--soft);text-decoration:none;padding:.35rem .3rem;margin-left:.15rem;
    vertical-align:.25em}
    .ref:hover{color:var(--link);text-decoration:underline}
    .note{color:var(--soft);font-size:.9375rem}
    .fields{display:grid;grid-template-columns:minmax(0,1fr);gap:.85rem}
    .fields dt{font-size:.8125rem;color:var(--soft)}
    .fields dd .from{display:block;font-size:.8125rem;color:var(--soft);margin-top:.1rem}
    .fields details{font-size:.8125rem;margin-top:.2rem}
    .fields details li{margin-top:.25rem}
    .fields ul{padding-left:1.1rem}
    .filters{margin-bottom:1rem;font-size:.9375rem}
    fieldset{border:0;margin:0;padding:0;min-width:0}
    legend{padding:0;font-size:.8125rem;color:var(--soft);margin-bottom:.35rem}
    .seg{display:flex;flex-wrap:wrap;gap:.4rem}
    .seg input,.picks input{position:absolute;opacity:0;width:1px;height:1px}
    .seg label,.picks label{display:inline-flex;align-items:center;gap:.4rem;border:1px solid var(--line);border-radius:99px;
    background:var(--card);padding:.35rem .75rem;cursor:pointer}
    .seg input:checked+label{background:var(--ink);border-color:var(--ink);color:var(--bg)}
    .seg input:focus-visible+label,.picks input:focus-visible+label{outline:3px solid var(--focus);outline-offset:2px}
    .picks{display:flex;flex-wrap:wrap;gap:.4rem}
    .picks label{font-size:.8125rem;padding:.25rem .65rem}
    .picks label::before{content:"";width:.7rem;height:.7rem;border-radius:50%;
    border:2px solid oklch(var(--bar-l) calc(var(--bar-c)*var(--c,.12)) var(--h,80));
    background:oklch(var(--bar-l) calc(var(--bar-c)*var(--c,.12)) var(--h,80))}
    .picks input:not(:checked)+label{color:var(--soft);text-decoration:line-through}
    .picks input:not(:checked)+label::before{background:none}
    .filters details{margin-top:.75rem}
    .filters summary{cursor:pointer;padding:.4rem 0;color:var(--link)}
    .filters fieldset+fieldset{margin-top:.85rem}
    button{font:inherit;font-size:.875rem;color:var(--link);background:var(--card);border:1px solid var(--line);
    border-radius:99px;padding:.35rem .9rem;cursor:pointer;margin-top:.85rem}
    .report:has(#v-kept:checked) .b.drop,.report:has(#v-dropped:checked) .b:not(.drop),
    .report:has(#v-contested:checked) .b:not(.contested){display:none}
    .blocks{list-style:none;padding:0;display:grid;gap:3px}
    .b{position:relative;background:oklch(var(--tint-l) calc(var(--tint-c)*var(--c)) var(--h));
    border-left:5px solid oklch(var(--bar-l) calc(var(--bar-c)*var(--c)) var(--h));border-radius:3px 6px 6px 3px;
    padding:.45rem .75rem .5rem}
    .b:hover{box-shadow:inset 0 0 0 1px oklch(var(--bar-l) calc(var(--bar-c)*var(--c)) var(--h))}
    .b:target{box-shadow:0 0 0 3px var(--focus)}
    .b summary{list-style:none;cursor:pointer;display:flex;gap:.5rem;align-items:baseline;font-size:.75rem;line-height:1.5;
    font-weight:600;color:oklch(var(--chip-l) calc(var(--chip-c)*var(--c)) var(--h))}
    .b summary::-webkit-details-marker{display:none}
    .b summary::before{content:"";position:absolute;inset:0}
    .b summary:focus-visible{outline:0}
    .b summary:focus-visible::before{outline:3px solid var(--focus);outline-offset:1px;border-radius:4px}
    .sig{font-family:var(--mono);font-size:.9375rem;line-height:1}
    .n{font-weight:400;color:var(--soft);font-family:var(--mono)}
    .hint{margin-left:auto;font-weight:400;color:var(--soft);text-align:right;visibility:hidden}
    .b:hover .hint,.b:focus-within .hint,.b.contested .hint{visibility:visible}
    .contested .hint::before{content:"\\2696\\00a0"}
    .txt{white-space:pre-line}
    .drop .txt{color:var(--soft);font-size:.9375rem;line-height:1.5}
    .txt mark{background:oklch(var(--bar-l) calc(var(--bar-c)*var(--c)) var(--h) / .16);color:inherit;border-radius:2px;
    box-shadow:0 1px 0 0 oklch(var(--bar-l) calc(var(--bar-c)*var(--c)) var(--h))}
    details[open]>summary .hint{display:none}
    .why{position:relative;margin:.5rem 0 .25rem;padding:.7rem .85rem;background:var(--card);border:1px solid var(--line);
    border-radius:6px;font-size:.875rem;line-height:1.5}
    .why>*+*{margin-top:.5rem}
    .why table{border-collapse:collapse;font-size:.8125rem}
    .why th{text-align:left;font-weight:600;color:var(--soft)}
    .why th,.why td{padding:.15rem .9rem .15rem 0;vertical-align:top}
    .why tr.leads td{font-weight:600}
    footer{color:var(--soft);font-size:.8125rem;padding:0 0 3rem}
    @media (min-width:64rem){
    .grid{grid-template-columns:minmax(0,5fr) minmax(0,7fr);align-items:start}
    .left{position:sticky;top:4.25rem;max-height:calc(100vh - 5.5rem);overflow:auto;border-radius:10px}
    .wrap{padding-left:2rem;padding-right:2rem}
    .card{padding:1.75rem}
    .fields{grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.1rem 2rem}
    }
    @media (max-width:63.99rem){.b:not(.contested) .hint{display:none}.hint{display:none}}
    @media print{.jump,.filters,.skip{display:none}.left{position:static;max-height:none}.grid{display:block}}

    """
}
