using Mayhem.Benchmarks.Scenarios.Work;
using Polly;
using Polly.Retry;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>The floor with Polly for the retries.</summary>
internal sealed class ChannelLoopWithPolly : ChannelLoop
{
    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<TransientException>(), MaxRetryAttempts = 5, Delay = TimeSpan.Zero })
        .Build();

    protected override ValueTask TryAsync(BenchRequest request, int attempt)
    {
        var attempts = new Attempts(Handler, request) { Number = attempt - 1 };
        return Retries.ExecuteAsync(static (attempts, _) => attempts.NextAsync(), attempts);
    }

    private sealed class Attempts(Handler handler, BenchRequest request)
    {
        public int Number { get; set; }

        public ValueTask NextAsync() => handler.HandleAsync(request.RequestId, request.Reason, ++Number);
    }
}
