using Mayhem.Local.Fleet;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Fleet;

public sealed class StartLogTests : IDisposable
{
    private const string Old = "2026-11-01T00:00:00.0000000+00:00\tcattle-0001\t1\tboot\n";
    private const string Young = "2026-11-08T00:00:00.0000000+00:00\tcattle-0001\t2\tboot\n";
    private static readonly DateTimeOffset Limit = new(2026, 11, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private string Log => folder["starts.log"];

    [Theory]
    [InlineData("", "")]
    [InlineData(Young, Young)]
    [InlineData(Old, "")]
    [InlineData(Old + Old + Young + Young, Young + Young)]
    public void Trim_KeepsWhatIsNotOlderThanTheLimit(string before, string after)
    {
        File.WriteAllText(Log, before);
        StartLog.Trim(Log, Limit);
        Assert.Equal(after, File.ReadAllText(Log));
    }

    [Fact]
    public void Trim_WhileAHostWrites_LeavesItAsItIs()
    {
        File.WriteAllText(Log, Old);
        using (new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.None))
            StartLog.Trim(Log, Limit);
        Assert.Equal(Old, File.ReadAllText(Log));
    }

    [Fact]
    public void Trim_NoLogYet_DoesNothing() => StartLog.Trim(Log, Limit);

    public void Dispose() => folder.Dispose();
}
