using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.FunctionsHost;
using Mayhem.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Tests.FunctionsHost;

public class InvocationContextTests
{
    [Fact]
    public async Task Context_OfAMessage_HasWhatTheRealHostGives()
    {
        FunctionContext? seen = null;
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((context, _, _) =>
        {
            seen = context;
            return Task.CompletedTask;
        });
        test.Bus.Send("m1", deliveryCount: 3, properties: new Dictionary<string, object>(StringComparer.Ordinal) { ["group"] = "web" });
        var ended = await test.EndedAsync();

        var data = seen!.BindingContext.BindingData;
        Assert.Equal(ended.InvocationId, seen.InvocationId);
        Assert.Equal("m1", data["MessageId"]);
        Assert.Equal("3", data["deliverycount"]);
        Assert.Equal("1", data["SequenceNumber"]);
        Assert.Equal("correlation-m1", data["CorrelationId"]);
        Assert.Equal("""{"group":"web"}""", data["ApplicationProperties"]);
        var enqueued = Assert.IsType<string>(data["EnqueuedTimeUtc"]);
        Assert.Equal(test.Time.GetUtcNow().UtcDateTime, DateTime.Parse(enqueued.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
        Assert.True(Guid.TryParse(Assert.IsType<string>(data["LockToken"]), out _));
        Assert.Null(data["SessionId"]);
        Assert.Null(seen.RetryContext);
        Assert.Empty(seen.Items);
        Assert.Equal("Scripted", seen.FunctionDefinition.Name);
        Assert.Equal(seen.FunctionId, seen.FunctionDefinition.Id);
        Assert.Equal("Mayhem.Local.Tests.FunctionsHost.ScriptedFunction.RunAsync", seen.FunctionDefinition.EntryPoint);
        Assert.Equal(["message", "actions", "context", "token"], seen.FunctionDefinition.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("serviceBusTrigger", seen.FunctionDefinition.InputBindings["message"].Type);
        Assert.Empty(seen.FunctionDefinition.OutputBindings);
    }

    [Theory]
    [InlineData("Diagnostic-Id")]
    [InlineData("traceparent")]
    public async Task Trace_OfTheSender_GoesOn(string property)
    {
        using var listener = Listen();
        var (traceParent, current) = await TraceAsync(new Dictionary<string, object>(StringComparer.Ordinal) { [property] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", traceParent, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", traceParent, StringComparison.Ordinal);
        Assert.Equal(traceParent, current);
    }

    [Fact]
    public async Task Trace_NoneOrAnUnreadableOne_BeginsANewOne()
    {
        using var listener = Listen();
        var (traceParent, current) = await TraceAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["Diagnostic-Id"] = "|old.style." });

        Assert.True(ActivityContext.TryParse(traceParent, traceState: null, out _));
        Assert.Equal(traceParent, current);
    }

    [Theory]
    [InlineData("Diagnostic-Id")]
    [InlineData("traceparent")]
    public void Trace_OfTheSenderWithoutAListener_GoesOnInTheContext(string property)
    {
        var trace = MessageTrace.Of(activity: null, Message(property, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")).TraceParent;

        Assert.Matches("^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$", trace);
        Assert.DoesNotContain("b7ad6b7169203331", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_NoneWithoutAListener_IsANewOneInTheContext()
    {
        var traces = Enumerable.Range(0, 1000).Select(_ => MessageTrace.Of(activity: null, Message("traceparent", "?")).TraceParent).ToList();

        Assert.All(traces, trace => Assert.True(ActivityContext.TryParse(trace, traceState: null, out _)));
        Assert.Equal(1000, traces.Select(trace => trace[3..35]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Services_OfAnInvocation_AreAScopeOfItsOwnThatIsDisposedOf()
    {
        var scoped = new ConcurrentBag<Scoped>();
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            (context, _, _) =>
            {
                var service = context.InstanceServices.GetRequiredService<Scoped>();
                Assert.Same(service, context.InstanceServices.GetRequiredService<Scoped>());
                Assert.False(service.Disposed);
                scoped.Add(service);
                return Task.CompletedTask;
            },
            compose: app => app.Services.AddScoped<Scoped>());

        test.Bus.Send("m1");
        test.Bus.Send("m2");
        await test.EndedAsync(2);

        Assert.Equal(2, scoped.Distinct().Count());
        Assert.All(scoped, service => Assert.True(service.Disposed));
        Assert.Equal(0, test.Host.Failed);
    }

    [Fact]
    public async Task Middleware_SeveralOfIt_WrapsTheFunctionInTheOrderOfItsAdding()
    {
        var steps = new ConcurrentQueue<string>();
        var thrown = new InvalidOperationException("from the function");
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            (_, _, _) =>
            {
                steps.Enqueue("function");
                throw thrown;
            },
            compose: app =>
            {
                app.Services.AddSingleton(steps);
                app.UseMiddleware<Outer>();
                app.UseMiddleware<Inner>();
            });

        test.Bus.Send("m1");
        await test.EndedAsync();

        Assert.Equal(["outer", "inner", "function", "inner saw InvalidOperationException", "outer saw InvalidOperationException"], steps.Take(5));
        Assert.Same(thrown, test.Ended.First().Failure);
    }

    [Fact]
    public async Task Logging_LevelsOfHostJson_HoldForTheWorker()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            (_, _, _) => Task.CompletedTask,
            topLevel: """ "logging": { "logLevel": { "default": "Error", "Mayhem": "Debug" } }, """,
            logging: logging => logging.AddProvider(new Ears()));

        var loggers = test.Host.Services.GetRequiredService<ILoggerFactory>();

        Assert.True(loggers.CreateLogger("Mayhem.Anything").IsEnabled(LogLevel.Debug));
        Assert.False(loggers.CreateLogger("Mayhem.Anything").IsEnabled(LogLevel.Trace));
        Assert.False(loggers.CreateLogger("Other").IsEnabled(LogLevel.Warning));
    }

    private static async Task<(string? TraceParent, string? Current)> TraceAsync(Dictionary<string, object> properties)
    {
        (string?, string?) seen = default;
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((context, _, _) =>
        {
            seen = (context.TraceContext.TraceParent, Activity.Current?.Id);
            return Task.CompletedTask;
        });
        test.Bus.Send("m1", properties: properties);
        await test.EndedAsync();
        return seen;
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Azure.Functions.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static ServiceBusReceivedMessage Message(string property, object value) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m1", properties: new Dictionary<string, object>(StringComparer.Ordinal) { [property] = value });

    private sealed class Scoped : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    private abstract class Telling(string name, ConcurrentQueue<string> steps) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Enqueue(name);
            try
            {
                await next(context);
            }
            catch (Exception exception)
            {
                steps.Enqueue($"{name} saw {exception.GetType().Name}");
                throw;
            }
        }
    }

    private sealed class Outer(ConcurrentQueue<string> steps) : Telling("outer", steps);

    private sealed class Inner(ConcurrentQueue<string> steps) : Telling("inner", steps);

    private sealed class Ears : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Ear();

        public void Dispose()
        {
        }

        private sealed class Ear : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
            }
        }
    }
}
