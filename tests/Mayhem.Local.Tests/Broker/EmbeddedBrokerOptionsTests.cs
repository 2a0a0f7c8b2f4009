using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class EmbeddedBrokerOptionsTests
{
    [Theory]
    [InlineData("restarts")]
    [InlineData("group/restarts")]
    public void Validate_Names_AreTaken(string name) => Options(name).Validate();

    [Theory]
    [InlineData("at least one")]
    [InlineData("no name", "")]
    [InlineData("no name", "..")]
    [InlineData("twice", "restarts", "Restarts")]
    public void Validate_ImpossibleNames_AreRefused(string told, params string[] names) =>
        Assert.Contains(told, Assert.Throws<InvalidOperationException>(() => Options(names).Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_NoRetention_IsRefused() => Assert.Contains(nameof(EmbeddedBrokerOptions.AuditRetention),
        Assert.Throws<InvalidOperationException>(() => (Options("restarts") with { AuditRetention = TimeSpan.Zero }).Validate()).Message, StringComparison.Ordinal);

    private static EmbeddedBrokerOptions Options(params string[] names) =>
        new() { Queues = names.ToDictionary(name => name, _ => new QueueOptions(), StringComparer.Ordinal) };
}
