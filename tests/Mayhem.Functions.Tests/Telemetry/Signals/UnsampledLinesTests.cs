using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Telemetry.Signals;
using Mayhem.Functions.Tests.Doubles;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Extensibility;
using Microsoft.ApplicationInsights.WindowsServer.TelemetryChannel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Tests.Telemetry.Signals;

/// <summary>The real logger and the real sampling of Application Insights: what is looked at is what would be sent.</summary>
public sealed class UnsampledLinesTests
{
    [Fact]
    public async Task Line_IsSentWithTheNamesThatAreListed()
    {
        var channel = new RecordingChannel();
        await using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<ITelemetryChannel>(channel)
            .AddMayhemTelemetry()
            .Configure<TelemetryConfiguration>(telemetry => telemetry.ConnectionString = "InstrumentationKey=00000000-0000-0000-0000-000000000001")
            .BuildServiceProvider();

        Log.QueueObserved(provider.GetRequiredService<ILogger<UnsampledLinesTests>>(), "restarts", 17);

        var line = Assert.Single(channel.Sent.OfType<TraceTelemetry>());
        Assert.Equal(["CategoryName", "EventId", "EventName", "OldestSeconds", "OriginalFormat", "Queue"], Names(line));
        Assert.Equal(("2061", "QueueObserved"), (line.Properties["EventId"], line.Properties["EventName"]));
        Assert.Equal(("restarts", "17"), (line.Properties["Queue"], line.Properties["OldestSeconds"]));
        Assert.Contains(provider.GetServices<ITelemetryInitializer>(), initializer => initializer is UnsampledLines);
    }

    [Fact]
    public void Line_ThatAlertsRestUpon_IsNotSampled_AndOthersAre()
    {
        var sent = new RecordingProcessor();
        var sampling = new SamplingTelemetryProcessor(sent) { SamplingPercentage = 1 };
        var initializer = new UnsampledLines();

        for (var n = 0; n < 200; n++)
        {
            foreach (var name in new[] { "LockLost", "SessionNotReleased" })
            {
                var line = new TraceTelemetry(name) { Properties = { ["EventName"] = name } };
                initializer.Initialize(line);
                sampling.Process(line);
            }
        }

        Assert.Equal(200, sent.Lines.Count(line => line.Message == "LockLost"));
        Assert.True(sent.Lines.Count(line => line.Message == "SessionNotReleased") < 100);
    }

    // What the SDK adds for itself is not ours.
    private static IEnumerable<string> Names(TraceTelemetry line) =>
        line.Properties.Keys.Where(name => !name.StartsWith("_MS.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private sealed class RecordingProcessor : ITelemetryProcessor
    {
        public List<TraceTelemetry> Lines { get; } = [];

        public void Process(ITelemetry item) => Lines.Add((TraceTelemetry)item);
    }
}
