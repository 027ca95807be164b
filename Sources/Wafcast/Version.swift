/// The version of wafcast.
public enum WafcastVersion {
  /// The version of this build, as `wafcast --version` prints it.
  public static let current = "0.1.0"
}
