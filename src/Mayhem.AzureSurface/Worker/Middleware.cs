namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>One step of the pipeline that runs a function.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>Runs around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
