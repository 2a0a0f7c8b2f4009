using Mayhem.Cli.Up.Load;

namespace Mayhem.Cli.Tests.Up.Load;

public sealed class RejectedLinesTests : IDisposable
{
    private readonly StringWriter writer = new();

    [Fact]
    public void Add_WithoutAPicture_IsWrittenAtOnce()
    {
        new RejectedLines(writer, hold: false).Add("f:1: wrong");

        Assert.Equal("f:1: wrong\n", writer.ToString());
    }

    [Fact]
    public void Release_AfterAPicture_WritesWhatWasKeptBackAndHowMuchWasNot()
    {
        var rejected = new RejectedLines(writer, hold: true);
        for (var line = 1; line <= 1005; line++)
            rejected.Add($"f:{line}: wrong");
        Assert.Empty(writer.ToString());

        rejected.Release();

        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(("f:1: wrong", "f:1000: wrong", "and 5 more lines that are no requests"), (lines[0], lines[^2], lines[^1]));
    }

    public void Dispose() => writer.Dispose();
}
