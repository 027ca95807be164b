import Foundation
import Wafcast

/// Checks a web ACL against what a new deployment is expected to answer, before traffic shifts.
///
/// A green deployment is not a working service: where the web ACL blocks `/admin`, the service
/// answers 403 however healthy it is.
@main
struct VerifyDeployment {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2 else {
      report("usage: verify-deployment ACL EXPECTATIONS [DOCUMENT…]")
      exit(2)
    }
    do {
      let acl = try loadWebACL(
        arguments[1], with: Array(arguments.dropFirst(2)),
        options: LoadOptions(resourceType: .applicationLoadBalancer))
      let expectations = try JSONDecoder().decode(
        [Expectation].self, from: Data(contentsOf: URL(filePath: arguments[2])))
      exit(verify(expectations, against: acl) ? 0 : 1)
    } catch LoadFailure.invalid(let diagnostics, let sources) {
      for diagnostic in diagnostics { report(sources.render(diagnostic)) }
      exit(2)
    } catch {
      report("\(arguments[2]): \(error)")
      exit(2)
    }
  }

  /// Whether every expectation holds; says of each one why not.
  static func verify(_ expectations: [Expectation], against acl: CompiledWebACL) -> Bool {
    var predictor = Predictor(acl)
    var failures = 0
    for expectation in expectations {
      let prediction = predictor.evaluate(expectation.request)
      guard let problem = expectation.problem(with: prediction) else { continue }
      failures += 1
      print("FAIL \(expectation.method) \(expectation.path): \(problem)")
    }
    print("\(expectations.count - failures) of \(expectations.count) expectations hold")
    return failures == 0
  }

  static func report(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// A request and the status that the deployment is expected to answer it with.
struct Expectation: Decodable {
  var path: String
  var status: Int
  var method = "GET"
  var headers: [String: String] = [:]

  /// Where the verifier sends from: rules on addresses ask for it.
  static let verifierAddress = "203.0.113.250"

  private enum CodingKeys: String, CodingKey {
    case path, status, method, headers
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    path = try container.decode(String.self, forKey: .path)
    status = try container.decode(Int.self, forKey: .status)
    method = try container.decodeIfPresent(String.self, forKey: .method) ?? "GET"
    headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
  }

  /// The request as the verifier will send it: a browser's plainest headers unless given.
  var request: RequestRecord {
    var sent = ["Host": "shop.example.com", "User-Agent": "Mozilla/5.0", "Accept": "text/html"]
    sent.merge(headers) { $1 }
    return RequestRecord(
      method: method, uri: path,
      headers: sent.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      clientIP: Self.verifierAddress)
  }

  /// Why the expectation fails; nil where it holds.
  func problem(with prediction: Prediction) -> String? {
    let confidence = [prediction.certainty.name, prediction.fidelity].compactMap { $0 }
      .joined(separator: ", fidelity ")
    if prediction.certainty == .indeterminate {
      let needs = prediction.needs.map { "\($0.evidence) for \($0.rule)" }
      return "cannot be decided; it needs \(needs.joined(separator: ", "))"
    }
    guard let answer = prediction.status else {
      // The web ACL lets the request through: the deployment answers it.
      return status == 403 ? "expected 403, the web ACL lets it through (\(confidence))" : nil
    }
    return answer == status
      ? nil
      : "expected \(status), the web ACL answers \(answer): \(prediction.rule) (\(confidence))"
  }
}
