import WAFModel

/// What belongs to actions and whole documents.
extension ModelGenerator {
  mutating func visibility() -> VisibilityConfig {
    VisibilityConfig(
      sampledRequestsEnabled: below(2) == 0, cloudWatchMetricsEnabled: below(2) == 0,
      metricName: word())
  }

  mutating func header() -> CustomHTTPHeader { CustomHTTPHeader(name: word(), value: word()) }

  mutating func handling() -> CustomRequestHandling? {
    maybe { CustomRequestHandling(insertHeaders: [$0.header()]) }
  }

  mutating func immunity() -> ImmunityTimeProperty? {
    maybe { ImmunityTimeProperty(immunityTime: $0.below(300_000)) }
  }

  mutating func captcha() -> CaptchaConfig? {
    maybe { CaptchaConfig(immunityTimeProperty: $0.immunity()) }
  }

  mutating func challenge() -> ChallengeConfig? {
    maybe { ChallengeConfig(immunityTimeProperty: $0.immunity()) }
  }

  mutating func association() -> AssociationConfig {
    let types = AssociatedResourceType.allCases.map(\.rawValue)
    return AssociationConfig(
      requestBody: [
        one(of: types, or: "CLOUDFRONT"): RequestBodyAssociatedResourceTypeConfig(
          defaultSizeInspectionLimit: one(of: SizeInspectionLimit.allCases, or: .kb8))
      ],
      challengeJavascriptSdkInjection: below(2) == 0
        ? [:] : ["CLOUDFRONT": ChallengeJavascriptSdkInjectionConfig()])
  }

  mutating func application() -> ApplicationConfig {
    ApplicationConfig(
      attributes: several(2) { generator in
        ApplicationAttribute(
          name: generator.maybe { $0.word() }, values: generator.several(2) { $0.word() })
      })
  }

  mutating func dataProtection() -> DataProtectionConfig {
    DataProtectionConfig(dataProtections: [
      DataProtection(
        field: FieldToProtect(
          fieldType: one(of: FieldToProtectType.allCases, or: .body),
          fieldKeys: several(2) { $0.word() }),
        action: one(of: DataProtectionAction.allCases, or: .hash),
        excludeRuleMatchDetails: maybe { $0.below(2) == 0 },
        excludeRateBasedDetails: maybe { $0.below(2) == 0 })
    ])
  }

  mutating func price() -> Price { Price(amount: word(), currency: .usdc) }

  mutating func monetization() -> MonetizationConfig {
    MonetizationConfig(
      cryptoConfig: maybe { generator in
        CryptoConfig(paymentNetworks: [
          PaymentNetwork(
            chain: generator.one(of: BlockchainChain.allCases, or: .base),
            walletAddress: generator.word(), prices: [generator.price()])
        ])
      },
      connectedAccountConfigs: several(1) { generator in
        ConnectedAccountConfig(
          connectedAccountARN: generator.word(),
          paymentNetworks: [
            ConnectedAccountChainConfig(
              chain: generator.one(of: ConnectedAccountChain.allCases, or: .base),
              prices: [generator.price()])
          ])
      },
      currencyMode: maybe { $0.one(of: CurrencyMode.allCases, or: .real) })
  }

  mutating func firewallManagerRuleGroup() -> FirewallManagerRuleGroup {
    FirewallManagerRuleGroup(
      name: word(), priority: below(10),
      firewallManagerStatement: below(2) == 0
        ? .managedRuleGroup(ManagedRuleGroupStatement(vendorName: word(), name: word()))
        : .ruleGroupReference(
          RuleGroupReferenceStatement(arn: word(), ruleActionOverrides: overrides())),
      overrideAction: overrideAction(), visibilityConfig: visibility())
  }

  mutating func inspectedField() -> InspectedField { InspectedField(identifier: word()) }

  mutating func responseInspection() -> ResponseInspection {
    switch one(of: ResponseInspection.Kind.allCases, or: .json) {
    case .statusCode:
      .statusCode(
        ResponseInspectionStatusCode(successCodes: [below(600)], failureCodes: [below(600)]))
    case .header:
      .header(
        ResponseInspectionHeader(
          name: word(), successValues: [word()], failureValues: [word(), word()]))
    case .bodyContains:
      .bodyContains(
        ResponseInspectionBodyContains(successStrings: [word()], failureStrings: [word()]))
    case .json:
      .json(
        ResponseInspectionJson(
          identifier: word(), successValues: [word()], failureValues: [word()]))
    }
  }

  mutating func managedRuleGroupConfig() -> ManagedRuleGroupConfig {
    ManagedRuleGroupConfig(
      loginPath: maybe { $0.word() },
      payloadType: maybe { $0.one(of: PayloadType.allCases, or: .json) },
      usernameField: maybe { $0.inspectedField() },
      passwordField: maybe { $0.inspectedField() },
      awsManagedRulesBotControlRuleSet: maybe { generator in
        AWSManagedRulesBotControlRuleSet(
          inspectionLevel: generator.one(of: InspectionLevel.allCases, or: .common),
          enableMachineLearning: generator.maybe { $0.below(2) == 0 })
      },
      awsManagedRulesATPRuleSet: maybe { generator in
        AWSManagedRulesATPRuleSet(
          loginPath: generator.word(),
          requestInspection: generator.maybe {
            RequestInspection(
              payloadType: .json, usernameField: $0.inspectedField(),
              passwordField: $0.inspectedField())
          },
          responseInspection: generator.maybe { $0.responseInspection() },
          enableRegexInPath: generator.maybe { $0.below(2) == 0 })
      },
      awsManagedRulesACFPRuleSet: maybe { generator in
        AWSManagedRulesACFPRuleSet(
          creationPath: generator.word(), registrationPagePath: generator.word(),
          requestInspection: RequestInspectionACFP(
            payloadType: .formEncoded, emailField: generator.maybe { $0.inspectedField() },
            phoneNumberFields: generator.several(2) { $0.inspectedField() },
            addressFields: generator.several(2) { $0.inspectedField() }))
      },
      awsManagedRulesAntiDDoSRuleSet: maybe { generator in
        AWSManagedRulesAntiDDoSRuleSet(
          clientSideActionConfig: ClientSideActionConfig(
            challenge: ClientSideAction(
              usageOfAction: generator.one(of: UsageOfAction.allCases, or: .enabled),
              sensitivity: generator.maybe { $0.one(of: SensitivityToAct.allCases, or: .low) },
              exemptURIRegularExpressions: generator.several(2) {
                RegularExpression(regexString: $0.word())
              })),
          sensitivityToBlock: generator.maybe {
            $0.one(of: SensitivityToAct.allCases, or: .high)
          })
      },
      awsManagedRulesAISecurityRuleSet: maybe { generator in
        AWSManagedRulesAISecurityRuleSet(
          bedrockGuardrails: generator.one(
            of: [
              .disable, .protectRequestOnly(roleARN: generator.word()),
              .protectRequestAndResponse(roleARN: generator.word()),
            ], or: .disable))
      })
  }
}
