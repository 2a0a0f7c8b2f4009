using Mayhem.Local.FunctionsHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Local.FunctionsHost;

/// <summary>What the app composes itself on: its services, and the pipeline around its functions.</summary>
internal sealed class WorkerBuilder(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    public IServiceCollection Services { get; } = services;

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>Folds the middleware around the function; what was added first is outermost.</summary>
    public FunctionExecutionDelegate Build() =>
        middleware.AsEnumerable().Reverse().Aggregate((FunctionExecutionDelegate)RunFunctionAsync, (next, wrap) => wrap(next));

    private static Task RunFunctionAsync(FunctionContext context)
    {
        if (context.FunctionDefinition is TimerFunction timer)
            return timer.Method.InvokeAsync(context, context.Features.Get<TimerInput>() ?? throw new InvalidOperationException("The invocation has no timer."));
        // Middleware may hand on a context of its own, which has the features of ours.
        var input = (context as InvocationContext)?.Input ?? context.Features.Get<TriggerInput>() ?? throw new InvalidOperationException("The invocation has no message.");
        return ((TriggerFunction)context.FunctionDefinition).Method.InvokeAsync(context, input);
    }
}
