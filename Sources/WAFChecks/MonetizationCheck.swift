import Diagnostics
import WAFModel

/// How the action Monetize is paid for.
///
/// Source: `MonetizationConfig` of the API reference (documented).
struct MonetizationCheck {
  let findings: Findings

  static func check(
    _ config: MonetizationConfig?, at pointer: JSONPointer, in findings: Findings
  ) {
    guard let config else { return }
    MonetizationCheck(findings: findings).check(config, at: pointer)
  }

  private func refuse(_ message: String, at pointer: JSONPointer) {
    findings.refuse(.invalidMonetizationConfig, message, at: pointer, from: .api)
  }

  private func check(_ config: MonetizationConfig, at pointer: JSONPointer) {
    if config.cryptoConfig == nil, config.connectedAccountConfigs.isEmpty {
      refuse("it must say who is paid: 'CryptoConfig' or 'ConnectedAccountConfigs'", at: pointer)
    }
    var chains: Set<String> = []
    if let crypto = config.cryptoConfig {
      let list = pointer.appending("CryptoConfig").appending("PaymentNetworks")
      checkCount(crypto.paymentNetworks.count, at: list)
      for (index, network) in crypto.paymentNetworks.enumerated() {
        let place = list.appending(index)
        checkChain(network.chain.rawValue, among: &chains, at: place.appending("Chain"))
        checkMode(network.chain, config.currencyMode, at: place.appending("Chain"))
        checkWallet(network, at: place.appending("WalletAddress"))
        checkPrices(network.prices, isConnected: false, at: place.appending("Prices"))
      }
    }
    let accounts = pointer.appending("ConnectedAccountConfigs")
    if config.connectedAccountConfigs.count > 1 {
      refuse(
        "\(config.connectedAccountConfigs.count) connected accounts; AWS WAF allows one",
        at: accounts)
    }
    if config.currencyMode == .test, !config.connectedAccountConfigs.isEmpty {
      refuse("a connected account takes no test money", at: pointer.appending("CurrencyMode"))
    }
    for (number, account) in config.connectedAccountConfigs.enumerated() {
      let list = accounts.appending(number).appending("PaymentNetworks")
      checkAccount(
        account.connectedAccountARN, at: accounts.appending(number).appending("ConnectedAccountArn")
      )
      checkCount(account.paymentNetworks.count, at: list)
      for (index, network) in account.paymentNetworks.enumerated() {
        let place = list.appending(index)
        checkChain(network.chain.rawValue, among: &chains, at: place.appending("Chain"))
        checkPrices(network.prices, isConnected: true, at: place.appending("Prices"))
      }
    }
  }

  private func checkCount(_ count: Int, at list: JSONPointer) {
    if !(1...2).contains(count) {
      refuse("\(count) payment networks; AWS WAF takes 1 or 2", at: list)
    }
  }

  private func checkChain(
    _ chain: String, among chains: inout Set<String>, at pointer: JSONPointer
  ) {
    if !chains.insert(chain).inserted {
      refuse("the network \(chain) is configured twice", at: pointer)
    }
  }

  private func checkMode(
    _ chain: BlockchainChain, _ mode: CurrencyMode?, at pointer: JSONPointer
  ) {
    guard let mode else { return }
    let isTest = chain == .baseSepolia || chain == .solanaDevnet
    if isTest != (mode == .test) {
      refuse("\(chain.rawValue) does not go with the currency mode \(mode.rawValue)", at: pointer)
    }
  }

  private func checkWallet(_ network: PaymentNetwork, at pointer: JSONPointer) {
    let address = network.walletAddress.utf8
    let isRight: Bool
    switch network.chain {
    case .base, .baseSepolia:
      isRight =
        address.count == 42 && network.walletAddress.hasPrefix("0x")
        && address.dropFirst(2).allSatisfy { isHexDigit($0) }
    case .solana, .solanaDevnet:
      isRight =
        (32...44).contains(address.count)
        && address.allSatisfy {
          NameCheck.isWordByte($0) && !"0OIl_".utf8.contains($0)
        }
    }
    if !isRight {
      refuse("this is no address of a wallet on \(network.chain.rawValue)", at: pointer)
    }
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// One price: at most 3 decimals for wallets of one's own, 2 (and 6 digits before) for connected
  /// accounts, and above zero.
  private func checkPrices(_ prices: [Price], isConnected: Bool, at list: JSONPointer) {
    if prices.count != 1 {
      refuse("\(prices.count) prices; AWS WAF takes one for a network", at: list)
    }
    for (index, price) in prices.enumerated()
    where !isAmount(price.amount, decimals: isConnected ? 2 : 3, length: isConnected ? 9 : 13) {
      refuse(
        "'\(price.amount.prefix(20))' is no amount above zero with at most "
          + "\(isConnected ? 2 : 3) decimals",
        at: list.appending(index).appending("Amount"))
    }
  }

  private func isAmount(_ text: String, decimals: Int, length: Int) -> Bool {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard (1...length).contains(text.utf8.count), let whole = parts.first, !whole.isEmpty,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.utf8.contains(where: { $0 != 0x30 }),
      whole == "0" || whole.first != "0"
    else { return false }
    return parts.count == 1 || (1...decimals).contains(parts[1].utf8.count)
  }

  private func checkAccount(_ text: String, at pointer: JSONPointer) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isRight =
      (56...140).contains(text.utf8.count) && parts.count == 6 && parts[0] == "arn"
      && parts[1].hasPrefix("aws") && parts[2] == "payments" && parts[3].isEmpty
      && parts[4].utf8.count == 12 && parts[5].hasPrefix("connectedaccount/")
    if !isRight {
      refuse("this is no ARN of a connected account", at: pointer)
    }
  }
}
