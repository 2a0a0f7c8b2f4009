using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>Something that carries requests from a sender to a handler. One is made for each run.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Starts to receive.</summary>
    Task StartAsync(Workload workload, Handler handler);

    /// <summary>Sends a request; ends when it is accepted.</summary>
    ValueTask SendAsync(BenchRequest request);

    /// <summary>Ends when everything that was sent is settled. By then every request was handled.</summary>
    Task SettledAsync();
}
