using System.Collections.Concurrent;
using Mayhem.Local.FunctionsHost;
using Mayhem.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Tests.FunctionsHost;

/// <summary>An embedded host that runs one scripted function on a fake queue, under a clock moved by hand.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private HostUnderTest(Type function, FunctionScript script, string busSettings, string topLevel, Action<IFunctionsWorkerApplicationBuilder>? compose, Action<ILoggingBuilder>? logging)
    {
        Bus = new FakeServiceBus(Time);
        File.WriteAllText(folder["host.json"], $$"""{ "version": "2.0", {{topLevel}} "extensions": { "serviceBus": { {{busSettings}} } } }""");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("TestQueue", "restarts")]).Build();
        var options = new EmbeddedHostOptions
        {
            FunctionsAssembly = function.Assembly,
            Includes = type => type == function,
            HostJsonPath = folder["host.json"],
            Client = Bus,
            MessageActions = receiver => new FakeServiceBus.Actions(receiver),
            TimeProvider = Time,
            Logging = logging,
        };
        Host = EmbeddedFunctionsHost.Create(options, configuration, app =>
        {
            app.Services.AddSingleton(script);
            compose?.Invoke(app);
        });
        Host.InvocationEnded += (_, ended) => Ended.Enqueue(ended);
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeServiceBus Bus { get; }

    public EmbeddedFunctionsHost Host { get; }

    public ConcurrentQueue<InvocationEndedEventArgs> Ended { get; } = new();

    public static async Task<HostUnderTest> StartAsync<TFunction>(
        FunctionScript script, string busSettings = "", string topLevel = "", Action<IFunctionsWorkerApplicationBuilder>? compose = null, Action<ILoggingBuilder>? logging = null)
    {
        var host = new HostUnderTest(typeof(TFunction), script, busSettings, topLevel, compose, logging);
        await host.Host.StartAsync();
        return host;
    }

    /// <summary>Waits until so many invocations have ended, and gives the last.</summary>
    public async Task<InvocationEndedEventArgs> EndedAsync(int count = 1)
    {
        await Eventually.HoldsAsync(() => Ended.Count >= count, $"{count} invocations have ended");
        await Eventually.HoldsAsync(() => Host.Succeeded + Host.Failed >= count, $"{count} invocations are counted");
        return Ended.ElementAt(count - 1);
    }

    public async ValueTask DisposeAsync()
    {
        var stop = Host.DisposeAsync().AsTask();
        while (!stop.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(stop, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        await stop;
        folder.Dispose();
    }
}
