import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// Constructs that libxml2 2.9 reads otherwise than browsers do.
@Suite struct HTMLHazardTests {
  struct Hazard: Sendable, CustomTestStringConvertible {
    let markup: String
    let texts: [String]
    var testDescription: String { markup }

    init(_ markup: String, _ texts: String...) {
      self.markup = markup
      self.texts = texts
    }
  }

  static let hazards: [Hazard] = [
    // Attributes that start with no letter.
    Hazard("<div @click=\"a > b\">x</div>", "x"),
    Hazard("<div (click)='a > b' [y]=\"c>d\" #z=\"e>f\" :k='>'>x</div>", "x"),
    Hazard("<div a=\"it's\" b='\"' c=it's d>x</div><p>y</p>", "x", "y"),
    Hazard("<div class=\"a\"class='b'/id=c>x</div>", "x"),
    Hazard("<div foo\"bar>x</div>", "x"),
    // A forgotten quotation mark costs the tag, and not the text up to the next value.
    Hazard("<p class=\"a>one</p><p>two</p><p class=\"b\">three</p>", "one", "two", "three"),
    Hazard("<p class='a>one</p><p title='b'>two</p>", "one", "two"),
    Hazard("<p title=\"<b>x</b>\">one</p><p title=\"a < b\"/>two</p>", "one", "two"),
    // Bogus comments and declarations.
    Hazard("a<![if !IE]>b<![endif]>c", "abc"),
    Hazard("a<![CDATA[x]]>b<!>c<?php x ?>d</ x>e</>f", "abcdef"),
    Hazard("a<!-->b<!--->c<!-- x -->d<!-- y --!>e", "abcde"),
    Hazard("a<!-- <p>x</p> -- > -->b", "ab"),
    // Character references.
    Hazard("a&nbsp b&copy2 c&amp d &lt&gt", "a\u{A0} b©2 c& d <>"),
    Hazard("&period;&NewLine;&lbrace;&mldr;&check;x", ". {…✓x"),
    Hazard("a&#146;b&#150;c&#x92;d&#128;", "a’b–c’d€"),
    Hazard("a&#0;b&#xD800;c&#x110000;d&#99999999999999;", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}"),
    Hazard("a & b &; &# &#x &bogus; &notit; x", "a & b &; &# &#x &bogus; ¬it; x"),
    Hazard("AT&T &lt;p&gt; &amp;amp; &nGt;", "AT&T <p> &amp; \u{226B}\u{20D2}"),
    // Void elements that libxml2 does not know as such.
    Hazard("<p>a<source>b<track>c<wbr>d<keygen>e<embed>f</p><p>g</p>", "abcdef", "g"),
    Hazard("<picture><source srcset=x><img src=y></picture><p>a</p>", "a"),
    Hazard("<p>a<input>b<p>c", "ab", "c"),
    // A slash before `>` means nothing.
    Hazard("<div/>a<p/>b<span/>c<x-a/>d", "a", "bc", "d"),
    Hazard("<a href=/x/>a</a>b", "ab"),
    // Blocks within p.
    Hazard("<p>a<section>b</section>c", "a", "b", "c"),
    Hazard("<p>a<article>b<aside>c<figure>d<header>e<main>f", "a", "b", "c", "d", "e", "f"),
    Hazard("<p>a<div>b</div>c</p>d", "a", "b", "c", "d"),
    Hazard("a</br>b</br></br>c", "a b", "c"),
    Hazard("a</p>b", "a", "b"),
    Hazard("<p>a<image src=x>b", "ab"),
    Hazard("<b>a<i>b</b>c</i>d", "abcd"),
    Hazard("<b><p>a</b>b<p>c", "ab", "c"),
    Hazard("<table>x<tr><td>a</table>y", "x", "a", "y"),
    // Elements whose content is no markup.
    Hazard("a<template><p>x<template>y</template>z</template>b", "ab"),
    Hazard("<ul><li>a<template><li>x</template></li><li>b</ul>", "a", "b"),
    Hazard("<title>a <b> c</title>b<textarea><p>x</textarea>c", "bc"),
    Hazard("<xmp><b>a &amp;</xmp>b", "<b>a &amp;", "b"),
    Hazard("a<noembed><p>x</noembed><noframes><p>y</noframes>b", "ab"),
    Hazard("a<plaintext><p>b &amp; </plaintext>", "a", "<p>b &amp; </plaintext>"),
    Hazard("a<svg><p>x</p><svg/><svg></svg></svg>b<svg/>c", "a b c"),
    Hazard("a<math><mi>x</mi></math>b", "ab"),
    Hazard("<script>if (a</b) '</p>' <!-- </script>a", "a"),
    Hazard("<SCRIPT>x</SCRIPT ><StYlE>y</sTyLe\n>a", "a"),
    Hazard("a<script>x</scripty></script>b", "ab"),
    Hazard("a<iframe><p>x</p></iframe>b", "a b"),
    Hazard("<select><option>x</select>a<object>y</object>b<video>z</video>", "a b"),
    Hazard("<head><noscript><p>x</p></noscript></head><body>a", "a"),
    Hazard("<p>a<noscript><img src=x></noscript>b</p>", "a b"),
    Hazard("<p>a<noscript>n</noscript>b</p>", "a", "n", "b"),
    // Line ends, NUL, white space.
    Hazard("<pre>\r\na\r\n b\rc</pre>", "a\n b\nc"),
    Hazard("<p>a\r\n\t b&#10;c</p>", "a b c"),
    Hazard("<p>a\0b<b>\0c\0</b>d</p>", "abcd"),
    // Things that never end.
    Hazard("<div title=\"abc>x</div><p>y</p>", "x", "y"),
    Hazard("a<!-- x <p>y", "a"),
    Hazard("a<script>x<p>y", "a"),
    Hazard("a<style>x<p>y", "a"),
    Hazard("a<iframe><p>x", "a", "x"),
    Hazard("a<svg><p>x", "a", "x"),
    Hazard("a<template><p>x", "a", "x"),
    Hazard("a<textarea><p>x", "a", "x"),
    Hazard("<title>t<p>x", "x"),
    Hazard("a<div class=x", "a"),
    Hazard("a<", "a<"),
    Hazard("a</", "a</"),
    Hazard("a < b <3 <= c", "a < b <3 <= c"),
    // Structure that needs repair.
    Hazard("<html><body><p>a</body></html>b<body><html><p>c", "ab", "c"),
    Hazard("<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>", "a", "b", "c", "d"),
    Hazard("<table><tr><td><p>a<td>b<tr><td>c</table>d", "a", "b", "c", "d"),
    Hazard("<dl><dt>a<dt>b<dd>c<dd>d</dl>", "a", "b", "c", "d"),
    Hazard("<form>a<form>b</form>c</form>d", "a", "b", "cd"),
    Hazard("<MY-Tag>a</my-tAG><o:p>b</o:p>c", "a", "b", "c"),
    Hazard("</div></p></b>a</x>b", "ab"),
    Hazard("<head><section>a</section></head>b", "a", "b"),
    Hazard("a", "a"),
  ]

  /// Short values are read eight bytes at a time, long ones are searched for.
  @Test func valuesEndAtTheirMarkWhateverTheirLength() throws {
    for length in 0..<40 {
      let value = String(repeating: "v", count: length)
      for mark in ["\"", "'"] {
        let page = try ScannedPage(
          "<p class=\(mark)\(value)\(mark)>one</p><p title=\(mark)\(value)<\(value)\(mark)>two</p>")
        #expect(page.texts == ["one", "two"], "\(length) bytes")
      }
    }
  }

  @Test(arguments: hazards)
  func reads(_ hazard: Hazard) throws {
    let page = try ScannedPage(hazard.markup)
    #expect(page.texts == hazard.texts)
    #expect(page.isWellFormed)
  }

  @Test(arguments: hazards)
  func readsWithinAnArticle(_ hazard: Hazard) throws {
    let page = try ScannedPage("<!DOCTYPE html><html><body><article><div>" + hazard.markup)
    #expect(page.isWellFormed)
    #expect(page.texts.joined(separator: "|").contains(hazard.texts.last ?? ""))
  }

  @Test func entitiesOfAttributesFollowTheirOwnRule() throws {
    let page = try ScannedPage(
      "<meta name=a content='x&copy=1 &copy; &copy2 &amp &quot;'><meta name=b content=\"&#8217;\">")
    #expect(page.facts.metas.map(\.content) == ["x&copy=1 © &copy2 & \"", "’"])
  }
}
