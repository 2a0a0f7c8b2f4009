using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost.Timers;

/// <summary>Starts one function at its times, one run after the other: times that pass during a run are left out, as by the real host.</summary>
internal sealed class TimerListener(TimerFunction function, FunctionExecutionDelegate pipeline, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers) : IListener
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource cutting = new();
    private readonly ILogger functionLogger = loggers.CreateLogger($"Function.{function.Name}");
    private Task running = Task.CompletedTask;

    public void Start() => running = Task.Run(RunAsync);

    // What is running runs on until the worker has stopped.
    public Task StopReceivingAsync() => stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await cutting.CancelAsync();
        await running;
        stopping.Dispose();
        cutting.Dispose();
    }

    private async Task RunAsync()
    {
        if (function.RunsOnStartup)
            await InvokeAsync();
        while (!stopping.IsCancellationRequested && function.Schedule.Next(time.GetUtcNow()) is { } next)
        {
            if (!await WaitAsync(next))
                return;
            await InvokeAsync();
        }
    }

    private async Task<bool> WaitAsync(DateTimeOffset next)
    {
        // No timer waits for longer than some weeks; and after a day the clock is asked again, which may have been set.
        while (next - time.GetUtcNow() is { Ticks: > 0 } left && !stopping.IsCancellationRequested)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left.TotalMilliseconds, TimeSpan.FromDays(1).TotalMilliseconds)));
            await Task.Delay(wait, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return !stopping.IsCancellationRequested;
    }

    private async Task InvokeAsync()
    {
        var began = time.GetTimestamp();
        try
        {
            Activity.Current = null;
            using var activity = new Activity(function.Name).Start();
            await using var scope = scopes.CreateAsyncScope();
            await pipeline(new TimerContext(function, new TimerInput(new TimerInfo()), activity, scope.ServiceProvider, cutting.Token));
            Log.TimerSucceeded(functionLogger, function.Name, time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception failure)
        {
            Log.TimerFailed(functionLogger, failure, function.Name, time.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
