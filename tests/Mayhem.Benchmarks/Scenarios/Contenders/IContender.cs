using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>Something that carries requests from a sender to a handler. One is made for each run.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>How late renewals of locks were; null where there are no locks.</summary>
    RenewalLateness? Renewals => null;

    /// <summary>Starts to receive.</summary>
    Task StartAsync(Workload workload, Handler handler);

    /// <summary>Makes what is sent, each request in the form that the contender takes, before the clock starts.</summary>
    void Prepare(IReadOnlyList<BenchRequest> requests);

    /// <summary>Sends the request of a number, once; ends when it is accepted.</summary>
    ValueTask SendAsync(int number);

    /// <summary>Ends when everything that was sent is settled. By then every request was handled.</summary>
    Task SettledAsync();
}
