using System.Diagnostics;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;

namespace Mayhem.Functions.Tests.Telemetry;

public class OperationsTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Host = $"00-{Trace}-b7ad6b7169203331-01";

    [Theory]
    [InlineData(Host)]
    [InlineData($"00-{Trace}-b7ad6b7169203331-00")]
    [InlineData($"01-{Trace}-b7ad6b7169203331-01-of-a-later-version")]
    public void IdOf_WithoutAnActivity_IsTheHostsTrace(string parent) => Assert.Equal(Trace, IdOf(parent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(Trace)]
    [InlineData($"00-{Trace}")]
    [InlineData($"00-{Trace}-b7ad6b7169203331-0")]
    [InlineData($"00_{Trace}-b7ad6b7169203331-01")]
    [InlineData($"00-{Trace}_b7ad6b7169203331-01")]
    [InlineData($"00-{Trace}-b7ad6b7169203331_01")]
    [InlineData($"00-{Trace}0-b7ad6b7169203331-01")]
    [InlineData($"0-{Trace}-b7ad6b7169203331-001")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c8031\n9-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("|0af76519.16cd43dd8448eb211c80319cb7ad6b716920333101010101")]
    public void IdOf_MalformedParent_IsNone(string? parent) => Assert.Null(IdOf(parent));

    [Fact]
    public void IdOf_InAnActivity_IsItsTrace()
    {
        using var activity = new Activity("a message").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(activity.TraceId.ToHexString(), Operations.IdOf(new TestContext { TraceParent = Host }));
    }

    private static string? IdOf(string? parent)
    {
        Activity.Current = null;
        return Operations.IdOf(new TestContext { TraceParent = parent! });
    }
}
