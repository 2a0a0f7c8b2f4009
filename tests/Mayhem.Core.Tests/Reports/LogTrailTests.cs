using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Core.Tests.Reports;

public sealed class LogTrailTests : IDisposable
{
    private readonly TrailLoggerProvider provider = new(new ManualTimeProvider(Some.Now));

    [Fact]
    public async Task Lines_MoreThanTwenty_AreTheLastTwenty()
    {
        var trail = await InATrailAsync(logger =>
        {
            for (var line = 0; line < 50; line++)
                logger.LogInformation("line {Line}", line);
        });

        Assert.Equal(Enumerable.Range(30, 20).Select(line => $"line {line}"), trail.Lines().Select(line => line.Text));
        Assert.Equal((Some.Now, LogLevel.Information, "A.Category"), (trail.Lines()[0].At, trail.Lines()[0].Level, trail.Lines()[0].Category));
    }

    [Fact]
    public async Task Lines_OfTwoTrailsAtATime_AreApart()
    {
        var trails = await Task.WhenAll(Enumerable.Range(0, 8).Select(which => Task.Run(() => InATrailAsync(logger =>
            Parallel.For(0, 15, _ => logger.LogInformation("{Which}", which))))));

        for (var which = 0; which < trails.Length; which++)
            Assert.Equal(Enumerable.Repeat($"{which}", 15), trails[which].Lines().Select(line => line.Text));
    }

    [Fact]
    public async Task Lines_WithAnExceptionOrALongText_AreOneShortLine()
    {
        var trail = await InATrailAsync(logger =>
        {
            logger.LogError(new IOException("pwd=hunter2"), "it failed");
            logger.LogInformation("{Long}", new string('x', 10_000));
        });

        Assert.Equal("it failed IOException: pwd=(redacted)", trail.Lines()[0].Text);
        Assert.Equal(500, trail.Lines()[1].Text.Length);
    }

    [Fact]
    public async Task Lines_OfReports_AreLeftOut()
    {
        var trail = await InATrailAsync(_ => provider.CreateLogger("Mayhem.Reporting.Dispatch.ReportDispatcher").LogError("a report"));

        Assert.Empty(trail.Lines());
    }

    [Fact]
    public void IsEnabled_WithoutATrail_IsFalse() => Assert.False(provider.CreateLogger("A.Category").IsEnabled(LogLevel.Critical));

    public void Dispose() => provider.Dispose();

    private async Task<LogTrail> InATrailAsync(Action<ILogger> work)
    {
        var trail = LogTrail.Begin();
        await Task.Yield();
        work(provider.CreateLogger("A.Category"));
        return trail;
    }
}
