/// A text with all that could disturb a terminal made visible.
///
/// Documents are hostile input: a rule name may hold escape sequences, line breaks or marks that
/// turn the direction of writing. Each is written as `\u{1B}`; other characters stay.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { !isPrintable($0) }) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isPrintable(scalar) {
      result.unicodeScalars.append(scalar)
    } else {
      result += escaped(scalar)
    }
  }
  return result
}

/// Whether a scalar may reach a terminal as it is.
func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
    .unassigned:
    return false
  default:
    return true
  }
}

/// A scalar as its code point.
func escaped(_ scalar: Unicode.Scalar) -> String {
  "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
}
