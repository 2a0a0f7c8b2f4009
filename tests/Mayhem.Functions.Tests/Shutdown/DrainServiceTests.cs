using Mayhem.Functions.Shutdown;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Shutdown;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Tests.Shutdown;

public sealed class DrainServiceTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider clock = new();
    private readonly RecordingLogger<DrainService> logger = new();
    private readonly DrainGate gate;

    public DrainServiceTests() => gate = new DrainGate(clock) { SettleTime = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task StopAsync_MessagesInFlight_WaitsForThem_ThenFlushes()
    {
        var reporter = new RecordingReporter();
        Assert.True(gate.TryEnter(out var ticket));

        var stop = Service(reporter).StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        Assert.False(gate.TryEnter(out _));
        Assert.Equal(0, reporter.Flushes);
        ticket.Dispose();
        await stop;

        Assert.Equal(1, reporter.Flushes);
        Assert.False(gate.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task StopAsync_AMessageThatDoesNotEnd_IsCancelledAfterTheGrace_AndLeftBehindWithAWarning()
    {
        Assert.True(gate.TryEnter(out _));

        var stop = Service(new RecordingReporter()).StopAsync(CancellationToken.None);
        clock.Advance(Grace);
        await Eventually.HoldsAsync(() => gate.Stopping.IsCancellationRequested && clock.TimerCount > 0, "the grace ran out");
        clock.Advance(TimeSpan.FromSeconds(1));
        await stop;

        Assert.Contains(logger.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("1 messages left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StopAsync_FlushingFails_EndsAllTheSame()
    {
        await Service(new RecordingReporter { Failure = new IOException("offline") }).StopAsync(CancellationToken.None);

        Assert.Contains(logger.Entries, entry => entry.Exception is IOException);
    }

    public void Dispose() => gate.Dispose();

    private DrainService Service(RecordingReporter reporter) =>
        new(gate, reporter, Options.Create(new ShutdownOptions { Grace = Grace }), clock, logger);
}
