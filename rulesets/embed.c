// Every file of aws/ goes into the binary, so that a release is one file. A test compares this list
// with the folder.

#include "rulesets.h"

static const unsigned char ACFPRuleSet[] = {
#embed "aws/AWSManagedRulesACFPRuleSet.json"
};
static const unsigned char AdminProtectionRuleSet[] = {
#embed "aws/AWSManagedRulesAdminProtectionRuleSet.json"
};
static const unsigned char AmazonIpReputationList[] = {
#embed "aws/AWSManagedRulesAmazonIpReputationList.json"
};
static const unsigned char AnonymousIpList[] = {
#embed "aws/AWSManagedRulesAnonymousIpList.json"
};
static const unsigned char AntiDDoSRuleSet[] = {
#embed "aws/AWSManagedRulesAntiDDoSRuleSet.json"
};
static const unsigned char ATPRuleSet[] = {
#embed "aws/AWSManagedRulesATPRuleSet.json"
};
static const unsigned char BotControlRuleSet[] = {
#embed "aws/AWSManagedRulesBotControlRuleSet.json"
};
static const unsigned char CommonRuleSet[] = {
#embed "aws/AWSManagedRulesCommonRuleSet.json"
};
static const unsigned char KnownBadInputsRuleSet[] = {
#embed "aws/AWSManagedRulesKnownBadInputsRuleSet.json"
};
static const unsigned char LinuxRuleSet[] = {
#embed "aws/AWSManagedRulesLinuxRuleSet.json"
};
static const unsigned char PHPRuleSet[] = {
#embed "aws/AWSManagedRulesPHPRuleSet.json"
};
static const unsigned char SQLiRuleSet[] = {
#embed "aws/AWSManagedRulesSQLiRuleSet.json"
};
static const unsigned char UnixRuleSet[] = {
#embed "aws/AWSManagedRulesUnixRuleSet.json"
};
static const unsigned char WindowsRuleSet[] = {
#embed "aws/AWSManagedRulesWindowsRuleSet.json"
};
static const unsigned char WordPressRuleSet[] = {
#embed "aws/AWSManagedRulesWordPressRuleSet.json"
};

// The name is spelt once; the bytes stand in the array named after it.
#define RULESET(group) {"AWSManagedRules" #group, group, sizeof(group)}

static const wafcast_ruleset rulesets[] = {
  RULESET(ACFPRuleSet),
  RULESET(AdminProtectionRuleSet),
  RULESET(AmazonIpReputationList),
  RULESET(AnonymousIpList),
  RULESET(AntiDDoSRuleSet),
  RULESET(ATPRuleSet),
  RULESET(BotControlRuleSet),
  RULESET(CommonRuleSet),
  RULESET(KnownBadInputsRuleSet),
  RULESET(LinuxRuleSet),
  RULESET(PHPRuleSet),
  RULESET(SQLiRuleSet),
  RULESET(UnixRuleSet),
  RULESET(WindowsRuleSet),
  RULESET(WordPressRuleSet),
};

size_t wafcast_ruleset_count(void) { return sizeof(rulesets) / sizeof(rulesets[0]); }

wafcast_ruleset wafcast_ruleset_at(size_t index) {
  static const unsigned char none[1] = {0};
  if (index >= wafcast_ruleset_count()) {
    return (wafcast_ruleset){"", none, 0};
  }
  return rulesets[index];
}
