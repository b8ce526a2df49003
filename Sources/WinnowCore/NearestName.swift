/// The name with the smallest edit distance, if it is near enough to be a slip.
package func nearestName(to name: String, in names: [String]) -> String? {
  let a = Array(name.utf8)
  var best: (distance: Int, name: String)?
  for candidate in names {
    let b = Array(candidate.utf8)
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    if row[b.count] < best?.distance ?? Int.max { best = (row[b.count], candidate) }
  }
  guard let best, best.distance <= max(2, name.utf8.count / 3) else { return nil }
  return best.name
}
