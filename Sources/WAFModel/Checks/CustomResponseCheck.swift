import Diagnostics
import DocumentTree

/// Custom responses and their bodies.
struct CustomResponseCheck {
  /// The bodies that a response can name.
  let bodies: [String: CustomResponseBody]

  func check(_ action: BlockAction, at pointer: JSONPointer, in context: ReadingContext) {
    guard let response = action.customResponse else { return }
    let pointer = pointer.appending("CustomResponse")
    if !(200...599).contains(response.responseCode) {
      context.error(
        "invalid-response-code",
        "AWS WAF sends response codes from 200 to 599, not \(response.responseCode)",
        at: pointer.appending("ResponseCode"))
    }
    if let key = response.customResponseBodyKey, bodies[key] == nil {
      context.error(
        "unknown-response-body", "'CustomResponseBodies' has no body '\(key)'",
        at: pointer.appending("CustomResponseBodyKey"),
        suggestion: didYouMean(key, among: bodies.keys.sorted()))
    }
    checkHeaders(response.responseHeaders, at: pointer.appending("ResponseHeaders"), in: context)
  }

  private func checkHeaders(
    _ headers: [CustomHTTPHeader], at list: JSONPointer, in context: ReadingContext
  ) {
    if headers.count > 10 {
      context.error(
        "too-many-headers",
        "\(headers.count) headers; AWS WAF allows 10 in a custom response", at: list)
    }
    var names: Set<String> = []
    for (index, header) in headers.enumerated() {
      let pointer = list.appending(index).appending("Name")
      let name = header.name.lowercased()
      if name == "content-type" {
        context.error(
          "invalid-response-header",
          "a custom response can't set 'content-type'; its body's ContentType does",
          at: pointer)
      }
      if !names.insert(name).inserted {
        context.error(
          "duplicate-header", "the header '\(header.name)' is set twice", at: pointer)
      }
      NameCheck.component(header.name, "header", at: pointer, in: context)
    }
  }

  static func checkBodies(
    _ bodies: [String: CustomResponseBody], at pointer: JSONPointer, in context: ReadingContext
  ) {
    let limit = 4_096
    for key in bodies.keys.sorted() {
      guard let size = bodies[key]?.content.utf8.count, size > limit else { continue }
      context.warning(
        "response-body-too-large",
        "the body '\(key)' has \(size) bytes; the quota of AWS WAF is \(limit)",
        at: pointer.appending(key).appending("Content"))
    }
  }
}
