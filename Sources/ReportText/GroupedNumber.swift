/// A count with a comma before each group of three digits.
package func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count.magnitude).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (count < 0 ? "-" : "") + String(text.reversed())
}

/// A count and what is counted, in the plural where it must be: `1 request`, `2 requests`.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  grouped(count) + " " + (count == 1 ? noun : plural ?? noun + "s")
}

/// A share with one decimal: `21.3 %`; what is not all or nothing never shows as 100 or 0.
package func percent(_ part: Int, of whole: Int) -> String {
  guard part > 0, whole > 0 else { return "0 %" }
  let promille = Int((Double(part) / Double(whole) * 1000).rounded())
  if promille == 0 { return "under 0.1 %" }
  if promille >= 1000, part < whole { return "over 99.9 %" }
  return promille % 10 == 0 ? "\(promille / 10) %" : "\(promille / 10).\(promille % 10) %"
}
