import TestSupport

/// Log records made up from a seed.
struct Traffic {
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(state: seed)
  }

  mutating func lines(_ count: Int) -> [String] {
    (0..<count).map { _ in line() }
  }

  mutating func line() -> String {
    let roll = Int.random(in: 0..<100, using: &random)
    if roll == 0 { return "garbage \(Int.random(in: 0..<1000, using: &random))" }
    if roll == 1 { return #"{"timestamp": 1, "httpRequest": 5}"# }
    let path = pick([
      "/", "/products/\(Int.random(in: 1..<5000, using: &random))", "/admin/users", "/login",
      "/a/\(Int.random(in: 0..<300, using: &random))x",
    ])
    let method = pick(["GET", "GET", "GET", "POST"])
    let agent = pick(["Mozilla/5.0", "curl/8.0", "sqlmap/1.0"])
    let host = Int.random(in: 0..<800, using: &random)
    let client = "10.\(host / 200).0.\(host % 200)"
    let country = pick(["DE", "US", "-"])
    let time = 1_700_000_000_000 + Int.random(in: 0..<1_000_000, using: &random)
    let expect = pick(["", "", #","wafcast":{"expect":{"action":"ALLOW"}}"#])
    let webACL = pick([TestProgram.arn, "arn:other/\(Int.random(in: 0..<9, using: &random))"])
    return """
      {"timestamp":\(time),"webaclId":"\(webACL)","httpRequest":{"clientIp":"\(client)",\
      "country":"\(country)","headers":[{"name":"User-Agent","value":"\(agent)"},\
      {"name":"Host","value":"shop.example"}],"uri":"\(path)","args":"page=1&token=s3cr3t",\
      "httpVersion":"HTTP/1.1","httpMethod":"\(method)",\
      "requestId":"r\(Int.random(in: 0..<1_000_000, using: &random))"}\(expect)}
      """
  }

  mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
