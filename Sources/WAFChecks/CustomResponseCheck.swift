import Diagnostics
import WAFModel

/// Custom responses and their bodies.
struct CustomResponseCheck {
  /// The bodies that a response can name.
  let bodies: [String: CustomResponseBody]

  /// The codes that the guide lists.
  ///
  /// Source: "Supported status codes for custom responses" (documented); the API reference, whose
  /// model takes any number from 200 to 599, refers to it.
  private static let supportedCodes = [
    200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409,
    411, 412, 413, 414, 415, 416, 421, 429, 500, 501, 502, 503, 504, 505,
  ]

  func check(_ action: BlockAction, at pointer: JSONPointer, in findings: Findings) {
    guard let response = action.customResponse else { return }
    let pointer = pointer.appending("CustomResponse")
    let code = response.responseCode
    if !(200...599).contains(code) {
      findings.refuse(
        .invalidResponseCode, "AWS WAF sends response codes from 200 to 599, not \(code)",
        at: pointer.appending("ResponseCode"), from: .api)
    } else if !Self.supportedCodes.contains(code) {
      findings.refuse(
        .invalidResponseCode, "\(code) is not among the response codes that AWS WAF supports",
        at: pointer.appending("ResponseCode"), from: .statusCodes,
        notes: ["one of " + Self.supportedCodes.map(String.init).joined(separator: ", ")])
    }
    if let key = response.customResponseBodyKey, bodies[key] == nil {
      findings.refuse(
        .unknownResponseBody, "'CustomResponseBodies' has no body '\(key)'",
        at: pointer.appending("CustomResponseBodyKey"), from: .customResponses,
        suggestion: didYouMean(key, among: bodies.keys.sorted()))
    }
    let list = pointer.appending("ResponseHeaders")
    for (index, header) in response.responseHeaders.enumerated()
    where header.name.lowercased() == "content-type" {
      findings.refuse(
        .invalidResponseHeader,
        "a custom response can't set 'content-type'; its body's ContentType does",
        at: list.appending(index).appending("Name"), from: .api)
    }
    CustomHeaderCheck.check(
      response.responseHeaders, of: "a custom response", at: list, in: findings)
  }

  /// Source: `CustomResponseBody` of the API reference and the quotas page (documented); where they
  /// differ, the quota is a warning.
  static func checkBodies(
    _ bodies: [String: CustomResponseBody], at pointer: JSONPointer, in findings: Findings
  ) {
    var total = 0
    for key in bodies.keys.sorted() {
      guard let body = bodies[key] else { continue }
      NameCheck.entity(key, "key of a body", at: pointer.appending(key), in: findings)
      let content = pointer.appending(key).appending("Content")
      let (bytes, characters) = (body.content.utf8.count, body.content.unicodeScalars.count)
      total += bytes
      if characters == 0 {
        findings.refuse(
          .emptyResponseBody, "the body '\(key)' is empty", at: content, from: .api)
      } else if characters > 10_240 {
        findings.refuse(
          .responseBodyTooLarge,
          "the body '\(key)' has \(characters) characters; AWS WAF allows 10,240", at: content,
          from: .api)
      } else if bytes > 4_096 {
        findings.warn(
          .responseBodyTooLarge,
          "the body '\(key)' has \(bytes) bytes; the quotas page allows 4,096, the API 10,240 "
            + "characters",
          at: content, from: .quotas)
      }
    }
    if total > 51_200 {
      findings.refuse(
        .responseBodyTooLarge,
        "the custom response bodies have \(total) bytes together; AWS WAF allows 51,200",
        at: pointer, focus: .key, from: .quotas)
    }
    if bodies.count > 50 {
      findings.warn(
        .tooManyResponseBodies,
        "\(bodies.count) custom response bodies; the quota of AWS WAF is 50", at: pointer,
        focus: .key, from: .adjustable)
    }
  }
}
