// The members of a test file. `docs/schemas/test-file.schema.json` has the same; a test compares.

/// The members of a test file.
package enum TestFileKey: String, CaseIterable {
  case acl
  case with
  case defaults
  case tests
}

/// The members of a test.
package enum TestKey: String, CaseIterable {
  case name
  case request
  case select
  case records
  case expect
  case undecided
}

/// The members of a request; `defaults` takes some of them.
package enum RequestKey: String, CaseIterable {
  case method
  case uri
  case args
  case httpVersion = "http-version"
  case headers
  case body
  case bodyBase64 = "body-base64"
  case bodyFile = "body-file"
  case file
  case clientIP = "client-ip"
  case country
  case region
  case asn
  case forwardedCountry = "forwarded-country"
  case forwardedRegion = "forwarded-region"
  case forwardedASN = "forwarded-asn"
  case ja3
  case ja4
  case token
  case payment
  case unknown

  /// Whether it can stand in `defaults`: it says nothing of one request alone.
  package var canBeDefault: Bool {
    switch self {
    case .method, .httpVersion, .headers, .clientIP, .country, .region, .asn, .forwardedCountry,
      .forwardedRegion, .forwardedASN, .ja3, .ja4, .token, .payment:
      true
    case .uri, .args, .body, .bodyBase64, .bodyFile, .file, .unknown: false
    }
  }
}

/// The members of a selection of recorded requests.
package enum SelectionKey: String, CaseIterable {
  case corpus
  case format
  case method
  case host
  case path
  case country
  case clientIP = "client-ip"
  case recordedAction = "recorded-action"
  case limit
  case atLeast = "at-least"
}

/// The members of an expectation.
package enum ExpectationKey: String, CaseIterable {
  case action
  case rule
  case labels
  case noLabels = "no-labels"
  case counted
  case notCounted = "not-counted"
  case responseCode = "response-code"
  case certainty
  case possible
}
