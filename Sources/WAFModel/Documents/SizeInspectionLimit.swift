import DocumentTree

/// The part of a body that is inspected.
public enum SizeInspectionLimit: String, Hashable, Sendable, CaseIterable {
  /// 8,192 bytes.
  case kb8 = "KB_8"
  /// 16,384 bytes.
  case kb16 = "KB_16"
  /// 32,768 bytes.
  case kb32 = "KB_32"
  /// 49,152 bytes.
  case kb48 = "KB_48"
  /// 65,536 bytes.
  case kb64 = "KB_64"

  /// The limit in bytes.
  public var bytes: Int {
    switch self {
    case .kb8: 8_192
    case .kb16: 16_384
    case .kb32: 32_768
    case .kb48: 49_152
    case .kb64: 65_536
    }
  }
}

extension SizeInspectionLimit: WireWord, TreeWritable {}
