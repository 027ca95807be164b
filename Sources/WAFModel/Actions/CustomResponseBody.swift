package import DocumentTree

/// A body that custom responses can name.
public struct CustomResponseBody: Hashable, Sendable {
  /// The media type of a body.
  public enum ContentType: String, Hashable, Sendable, CaseIterable {
    /// `text/plain`.
    case textPlain = "TEXT_PLAIN"
    /// `text/html`.
    case textHTML = "TEXT_HTML"
    /// `application/json`.
    case applicationJSON = "APPLICATION_JSON"
  }

  /// The media type.
  public var contentType: ContentType
  /// The body itself.
  public var content: String

  /// Creates a body.
  public init(contentType: ContentType, content: String) {
    self.contentType = contentType
    self.content = content
  }
}

extension CustomResponseBody.ContentType: WireWord, TreeWritable {}

extension CustomResponseBody: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let type = object.required("ContentType", as: ContentType.self)
    let content = object.required("Content", as: String.self)
    object.finish()
    guard let type, let content else { return nil }
    self.init(contentType: type, content: content)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ContentType", contentType)
    members.add("Content", content)
    return members.node
  }
}
