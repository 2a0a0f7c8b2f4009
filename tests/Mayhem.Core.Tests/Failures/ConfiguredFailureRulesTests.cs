using Mayhem.Failures;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Failures;

public class ConfiguredFailureRulesTests
{
    [Fact]
    public void Build_Nothing_LeavesTheDefaults() =>
        Assert.Equal(Some.Rules.All.Select(rule => rule.ToString()), Build().All.Select(rule => rule.ToString()));

    [Fact]
    public void Build_ShortName_OverridesWhatIsGivenAndKeepsTheRest() => Assert.Equal(
        "Mayhem.Restarts.RestartFailedException: Transient, try again after 00:00:01, times 2 each time up to 00:01:00, jitter 20 %, 9 attempts in all",
        Text(Build(("RestartFailedException", new() { MaxAttempts = "9" })), typeof(RestartFailedException)));

    [Fact]
    public void Build_FullName_ReplacesTheDelay() => Assert.Equal(
        "System.TimeoutException: Transient, try again after 00:00:03, times 1.5 each time up to 00:01:00, jitter 0 %, 5 attempts in all",
        Text(Build(("System.TimeoutException", new() { FirstDelay = "00:00:03", Factor = "1.5", MaxDelay = "00:01:00", Jitter = "0" })), typeof(TimeoutException)));

    [Fact]
    public void Build_DelayForATypeThatIsNotRetried_MakesItTransient() => Assert.Equal(
        "Mayhem.Restarts.HostNotFoundException: Transient, try again after 00:00:30, 3 attempts in all",
        Text(Build(("HostNotFoundException", new() { Delay = "00:00:30" })), typeof(HostNotFoundException)));

    [Fact]
    public void Build_NewType_StartsFromItsNearestBase() => Assert.Equal(
        "Mayhem.Restarts.AmbiguousRestartException: Transient, try again after 00:00:01, times 2 each time up to 00:01:00, jitter 20 %, 2 attempts in all",
        Text(Build(("AmbiguousRestartException", new() { MaxAttempts = "2" })), typeof(AmbiguousRestartException)));

    [Theory]
    [InlineData("ProcessFatal", "end the process")]
    [InlineData("tolerated", "log, count and complete")]
    [InlineData("Abandoned", "give the message back at once")]
    [InlineData("Fatal", "dead-letter at once as Fatal:TimeoutException")]
    public void Build_Class_ChangesTheOutcome(string failureClass, string says) =>
        Assert.Contains(says, Text(Build(("TimeoutException", new() { Class = failureClass })), typeof(TimeoutException)), StringComparison.Ordinal);

    [Theory]
    [InlineData("NoSuchException")]
    [InlineData("System.String")]
    public void Build_UnknownType_NamesTheKey(string type) => Refused($"Mayhem:Failures:{type}:", (type, new() { Delay = "00:00:01" }));

    [Fact]
    public void Build_DelayFromAPropertyThatCanHoldADelay_IsTaken()
    {
        foreach (var (type, property) in new[] { ("RestartThrottledException", "RetryAfter"), ("IOException", "HResult"), ("IOException", "Message") })
            Assert.Contains($"after what its {property} says", Build((type, new() { DelayFrom = property })).All.Single(rule => rule.IsConfigured).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RetryAfter")]
    [InlineData("message")]
    [InlineData("InnerException")]
    [InlineData("")]
    public void Build_DelayFromAPropertyThatIsNotThere_NamesTheKeyAndThoseThatAre(string property) => Refused(
        $"Mayhem:Failures:TimeoutException:DelayFrom is '{property}'; allowed is a property of System.TimeoutException that can hold a delay: HResult, HelpLink, Message, Source, StackTrace.",
        ("TimeoutException", new() { DelayFrom = property }));

    [Fact]
    public void Build_ImpossibleValues_NameTheirKeys()
    {
        Refused("Mayhem:Failures:IOException:Delay is '-00:00:01'", ("IOException", new() { Delay = "-00:00:01" }));
        Refused("Mayhem:Failures:IOException:Delay is '2.00:00:00'", ("IOException", new() { Delay = "2.00:00:00" }));
        Refused("Mayhem:Failures:IOException:Delay is 'soon'", ("IOException", new() { Delay = "soon" }));
        Refused("Mayhem:Failures:IOException:MaxAttempts is '0'", ("IOException", new() { MaxAttempts = "0" }));
        Refused("Mayhem:Failures:IOException:Class is 'Poison'", ("IOException", new() { Class = "Poison" }));
        Refused("Mayhem:Failures:IOException:Class is '3'", ("IOException", new() { Class = "3" }));
        Refused("Mayhem:Failures:IOException:Factor is '0.5'", ("IOException", new() { FirstDelay = "00:00:01", Factor = "0.5" }));
        Refused("Mayhem:Failures:IOException:Jitter is '2'", ("IOException", new() { FirstDelay = "00:00:01", Jitter = "2" }));
        Refused("Mayhem:Failures:IOException:FirstDelay is missing", ("IOException", new() { Factor = "2" }));
        Refused("Mayhem:Failures:IOException:FirstDelay is '00:00:01'", ("IOException", new() { FirstDelay = "00:00:01", Delay = "00:00:01" }));
        Refused("Mayhem:Failures:IOException:DeadLetterReason is ''", ("IOException", new() { DeadLetterReason = "" }));
    }

    [Fact]
    public void Build_SettingsWithoutEffect_NameTheirKeys()
    {
        Refused("Mayhem:Failures:IOException:MaxAttempts has no effect, for IOException is Abandoned", ("IOException", new() { Class = "Abandoned", MaxAttempts = "3" }));
        Refused("Mayhem:Failures:IOException:Delay has no effect, for IOException is Fatal", ("IOException", new() { Class = "Fatal", Delay = "00:00:01" }));
        Refused("Mayhem:Failures:IOException:DelayFrom has no effect", ("IOException", new() { Class = "Tolerated", DelayFrom = "HResult" }));
        Refused("Mayhem:Failures:IOException:FirstDelay has no effect", ("IOException", new() { Class = "ProcessFatal", FirstDelay = "00:00:01" }));
        Refused("Mayhem:Failures:IOException:DeadLetterReason has no effect, for IOException is Transient", ("IOException", new() { DeadLetterReason = "Gone" }));
    }

    [Fact]
    public void Build_OneTypeUnderTwoNames_NamesBothKeys() => Refused(
        "Mayhem:Failures:System.TimeoutException and Mayhem:Failures:TimeoutException are rules for the same type, System.TimeoutException",
        ("TimeoutException", new() { MaxAttempts = "2" }), ("System.TimeoutException", new() { Delay = "00:00:01" }));

    private static void Refused(string start, params (string Type, FailureRuleOptions Options)[] rules) =>
        Assert.StartsWith(start, Assert.Throws<FormatException>(() => Build(rules)).Message, StringComparison.Ordinal);

    private static string Text(FailureRules rules, Type type) => rules.All.Single(rule => rule.ExceptionType == type).ToString();

    private static FailureRules Build(params (string Type, FailureRuleOptions Options)[] configured) =>
        ConfiguredFailureRules.Build(DefaultFailureRules.All, configured.ToDictionary(pair => pair.Type, pair => pair.Options, StringComparer.Ordinal), []);
}
