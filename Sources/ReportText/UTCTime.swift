/// A point in time as people write it: `2026-10-14 08:00`.
///
/// - Parameter milliseconds: since 1970-01-01 UTC.
/// - Returns: nil for a time outside the years 1 to 9999.
package func utcText(_ milliseconds: Int64) -> String? {
  let minutes = floorDivide(milliseconds, 60_000)
  let days = floorDivide(minutes, 1440)
  guard days > -719_000, days < 2_932_896 else { return nil }
  let (year, month, day) = civil(Int(days))
  let minuteOfDay = Int(minutes - days * 1440)
  return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2)) "
    + "\(padded(minuteOfDay / 60, 2)):\(padded(minuteOfDay % 60, 2))"
}

/// The proleptic Gregorian date of a day counted from 1970-01-01, by counting 400-year eras that
/// begin on March 1.
private func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = Int(floorDivide(Int64(shifted), 146_097))
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

private func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
