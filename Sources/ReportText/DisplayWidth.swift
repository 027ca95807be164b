/// The number of terminal columns that a text takes.
///
/// Wide East Asian characters and pictographs take two, combining marks none. Tables of the exact
/// widths differ between terminals; this is what they agree on.
package func displayWidth(_ text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars { width += displayWidth(scalar) }
  return width
}

package func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: return isWide(scalar.value) ? 2 : 1
  }
}

private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// A text cut to a number of columns, with `…` where something is left out.
package func cut(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  var result = ""
  var used = 0
  for scalar in text.unicodeScalars {
    used += displayWidth(scalar)
    guard used < width else { break }
    result.unicodeScalars.append(scalar)
  }
  return result + "…"
}

/// A text cut at its start, so that its last columns remain.
package func cutStart(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  var kept: [Unicode.Scalar] = []
  var used = 0
  for scalar in text.unicodeScalars.reversed() {
    used += displayWidth(scalar)
    guard used < width else { break }
    kept.append(scalar)
  }
  var result = "…"
  result.unicodeScalars.append(contentsOf: kept.reversed())
  return result
}
