private import CMaxMindDB
private import Foundation
package import IPAddressing
package import WAFRequests

// Unsafe code is sound here for three reasons, named below where they are used:
// (1) pointers into Swift memory are passed with their own count and only for the time of a call;
// (2) the handle is owned by exactly one object, which closes it when it goes;
// (3) a handle is not written after it was opened: libmaxminddb documents that threads may share it.

/// A MaxMind database: where addresses lie, or whose they are.
///
/// Databases of the types City, Country, Enterprise, ASN and ISP are read, MaxMind's own and those of
/// others in the same form. What is damaged in a file that could be opened counts as not known. The
/// file is mapped, not read: whoever cuts it while it is open ends the process.
///
/// `@unchecked Sendable`: an immutable wrapper of a C object that threads may share (3).
@safe package final class GeoDatabase: AddressDatabase, @unchecked Sendable {
  /// The path it was opened by.
  package let path: String
  /// The type that its metadata name, such as `GeoLite2-City`.
  package let type: String
  /// When it was built, in seconds since 1970-01-01 UTC.
  package let buildTime: UInt64

  private let handle: UnsafeMutablePointer<MMDB_s>
  private let content: Content

  /// What a type of database tells.
  private struct Content {
    var hasCountries: Bool
    var hasRegions: Bool
    /// Where the number of the autonomous system stands; nil where there is none.
    var asnPath: [String]?

    init?(type: String) {
      let isEnterprise = type.contains("Enterprise")
      let isASN = type.contains("ASN") || type.contains("ISP")
      hasRegions = type.contains("City") || isEnterprise
      hasCountries = hasRegions || type.contains("Country")
      asnPath =
        isEnterprise
        ? ["traits", "autonomous_system_number"] : isASN ? ["autonomous_system_number"] : nil
      if !hasCountries, asnPath == nil { return nil }
    }
  }

  /// Opens the database in the file at `path`.
  package init(path: String) throws(GeoDatabaseError) {
    try Self.checkMetadata(path)
    let handle = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    unsafe handle.initialize(to: MMDB_s())
    // (1), (2)
    let status = unsafe MMDB_open(path, UInt32(MMDB_MODE_MMAP), handle)
    guard status == MMDB_SUCCESS else {
      unsafe handle.deallocate()
      throw .corrupt(path: path, problem: Self.text(ofError: status))
    }
    let type = unsafe String(cString: handle.pointee.metadata.database_type)
    guard let content = Content(type: type) else {
      unsafe MMDB_close(handle)
      unsafe handle.deallocate()
      throw .wrongType(path: path, type: type)
    }
    self.path = path
    self.type = type
    buildTime = unsafe handle.pointee.metadata.build_epoch
    self.content = content
    unsafe self.handle = handle
  }

  deinit {
    // (2)
    unsafe MMDB_close(handle)
    unsafe handle.deallocate()
  }

  private static func text(ofError status: CInt) -> String {
    guard let text = unsafe MMDB_strerror(status) else { return "error \(status)" }
    return unsafe String(cString: text)
  }

  /// Looks at the metadata before the library does, which follows them wherever they lead.
  private static func checkMetadata(_ path: String) throws(GeoDatabaseError) {
    let file: Data
    do {
      file = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw .unreadable(path: path)
    }
    let tail = Array(file.suffix(metadataLimit))
    guard let marker = lastIndex(of: metadataMarker, in: tail) else {
      throw .notMaxMind(path: path)
    }
    let metadata = tail.span.extracting(marker + metadataMarker.count..<tail.count)
    guard RecordStructure.isSound(metadata, at: 0, refusesSharedContainers: true) else {
      throw .corrupt(path: path, problem: "its metadata do not have the form of a database's")
    }
  }

  private static func lastIndex(of marker: [UInt8], in bytes: [UInt8]) -> Int? {
    var start = bytes.count - marker.count
    while start >= 0 {
      if bytes[start] == marker[0], bytes[start..<start + marker.count].elementsEqual(marker) {
        return start
      }
      start -= 1
    }
    return nil
  }

  private static let metadataMarker = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
  /// The metadata, marker included, are within the last 128 KiB of a file.
  private static let metadataLimit = 131_072

  // MARK: Looking up

  package func facts(of address: IPAddress) -> AddressFacts {
    var facts = AddressFacts()
    guard let found = entry(of: address.mappedIPv4 ?? address) else { return facts }
    if content.hasCountries { addPlace(found, to: &facts) }
    if let path = content.asnPath {
      switch number(found, path) {
      case .missing: facts.hasASNs = true
      case .value(let number):
        facts.hasASNs = true
        facts.asn = number
      case .damaged: break
      }
    }
    return facts
  }

  /// What stands at a place of a record.
  private enum Finding<Value> {
    case missing
    case value(Value)
    /// Not what should stand there: nothing is known.
    case damaged
  }

  private func addPlace(_ found: Finding<UInt32>, to facts: inout AddressFacts) {
    switch text(found, ["country", "iso_code"]) {
    case .missing: facts.hasCountries = true
    case .value(let text):
      guard let code = CountryCode(text.utf8) else { return }
      facts.hasCountries = true
      facts.country = code
    case .damaged: return
    }
    guard content.hasRegions, let country = facts.country else { return }
    switch value(found, ["subdivisions", "0"]) {
    case .missing: facts.hasRegions = true
    case .value, .damaged:
      // A subdivision that has a name and no code is one that this database does not tell.
      guard case .value(let code) = text(found, ["subdivisions", "0", "iso_code"]),
        (1...3).contains(code.utf8.count), code.utf8.allSatisfy(Self.isLetterOrDigit)
      else { return }
      facts.hasRegions = true
      facts.region = country.text + "-" + code
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: false
    }
  }

  /// The place of the record of an address in the data section, `missing` where it has none; nil
  /// where the database can't tell: of another family, or damaged.
  private func entry(of address: IPAddress) -> Finding<UInt32>? {
    var bytes = [16 of UInt8](repeating: 0)
    let count: Int
    switch address {
    case .v4(let bits):
      count = 4
      for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: bits >> (24 - 8 * index)) }
    case .v6(let bits):
      guard unsafe handle.pointee.metadata.ip_version == 6 else { return nil }
      count = 16
      for index in 0..<16 { bytes[index] = UInt8(truncatingIfNeeded: bits >> (120 - 8 * index)) }
    }
    var status: CInt = 0
    // (1): the library reads `count` of the sixteen bytes.
    let result = unsafe bytes.span.withUnsafeBufferPointer { buffer in
      unsafe wafcast_mmdb_lookup(handle, buffer.baseAddress, CInt(count), &status)
    }
    guard status == MMDB_SUCCESS else { return nil }
    return unsafe result.found_entry ? .value(result.entry.offset) : .missing
  }

  // MARK: Values

  /// A value of a record, as far as it is of use here.
  private enum Value {
    case text(String)
    case number(UInt32)
    case other
  }

  /// Walks from a record down a path, a step at a time: each map or array is checked before the
  /// library looks into it.
  private func value(_ start: Finding<UInt32>, _ path: [String]) -> Finding<Value> {
    guard case .value(var offset) = start else { return .missing }
    var found = Value.other
    for step in path {
      // Sound: the section is mapped as long as the handle is open, and this object holds it (2).
      let section = unsafe UnsafeBufferPointer(
        start: handle.pointee.data_section, count: Int(handle.pointee.data_section_size))
      guard
        unsafe RecordStructure.isContainer(section.span, at: Int(offset), isArray: step == "0"),
        unsafe RecordStructure.isSound(section.span, at: Int(offset))
      else { return .damaged }
      var entry = unsafe MMDB_entry_s(mmdb: handle, offset: offset)
      var data = unsafe MMDB_entry_data_s()
      // (1)
      let status = unsafe wafcast_mmdb_value(&entry, step, nil, nil, &data)
      if status == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR { return .missing }
      guard status == MMDB_SUCCESS else { return .damaged }
      guard unsafe data.has_data else { return .missing }
      offset = unsafe data.offset
      found = unsafe Self.value(data)
    }
    return .value(found)
  }

  private static func value(_ data: MMDB_entry_data_s) -> Value {
    switch unsafe CInt(bitPattern: data.type) {
    case MMDB_DATA_TYPE_UTF8_STRING:
      // Sound: the library has checked that the bytes lie within the section.
      let bytes = unsafe UnsafeRawBufferPointer(
        start: data.utf8_string, count: data.utf8_string == nil ? 0 : Int(data.data_size))
      return .text(unsafe String(decoding: bytes, as: UTF8.self))
    case MMDB_DATA_TYPE_UINT16: return .number(UInt32(unsafe data.uint16))
    case MMDB_DATA_TYPE_UINT32: return .number(unsafe data.uint32)
    default: return .other
    }
  }

  private func text(_ start: Finding<UInt32>, _ path: [String]) -> Finding<String> {
    switch value(start, path) {
    case .missing: .missing
    case .value(.text(let text)): .value(text)
    case .value, .damaged: .damaged
    }
  }

  private func number(_ start: Finding<UInt32>, _ path: [String]) -> Finding<UInt32> {
    switch value(start, path) {
    case .missing: .missing
    case .value(.number(let number)): .value(number)
    case .value, .damaged: .damaged
    }
  }
}
