using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Targets.Arm;
using Mayhem.Targets.Health;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Targets.Tests.Doubles;

/// <summary>The real SDK of Azure Resource Manager against a server on this machine that plays Azure.</summary>
internal sealed class ArmBench : IAsyncDisposable
{
    public const string Subscription = "00000000-0000-0000-0000-00000000000a";
    public const string OperationPath = "/subscriptions/" + Subscription + "/providers/Microsoft.Compute/locations/westeurope/operations/op-1?api-version=2023-07-01&t=signed";
    public const string OperationUrl = "https://arm.test" + OperationPath;

    private readonly HttpClient probes = new();
    private readonly HttpClient toServer;

    public ArmBench(TargetKind kind = TargetKind.AzureVm, HealthProbe? health = null)
    {
        toServer = new HttpClient(new ToLoopback(Server));
        var access = new ArmAccess(
            new SomeCredential(), new ArmEnvironment(new Uri("https://arm.test"), "https://arm.test"), new HttpClientTransport(toServer), readRetryDelay: TimeSpan.Zero);
        var entry = new InventoryEntry
        {
            Name = "web", Group = "web", Kind = kind, Hosts = [HostPattern.Parse("web-*")!], Health = health, ResourceId = $"/subscriptions/{Subscription}/resourceGroups/rg/providers/" +
                (kind == TargetKind.AzureVm ? "Microsoft.Compute/virtualMachines/{host}" : "Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/{1}"),
        };
        Target = new ArmTarget(access, new ArmMachines(entry, access.Client), new HostVerification(entry, probes, Time), entry.Times, Time, NullLogger.Instance);
        Server.Answer = request => request switch
        {
            { Method: "POST" } => OnPost(request),
            { Path: var path } when path.Contains("/operations/", StringComparison.Ordinal) => OnPoll(request),
            _ => OnLook(request),
        };
    }

    public LoopbackServer Server { get; } = new();

    public HurryingTimeProvider Time { get; } = new();

    public IRestartTarget Target { get; }

    /// <summary>Answers the request for a restart: accepted, with the URL of its operation.</summary>
    public Func<Asked, Reply?> OnPost { get; set; } = _ => Accepted;

    /// <summary>Answers the question how the operation goes: it has succeeded.</summary>
    public Func<Asked, Reply?> OnPoll { get; set; } = _ => Status("Succeeded");

    /// <summary>Answers a look at the machine: it runs, and nothing has been done to it today.</summary>
    public Func<Asked, Reply?> OnLook { get; set; } = _ => View();

    public int Posts => Server.Count("POST");

    public static Reply Accepted => new(202, "", ("Azure-AsyncOperation", OperationUrl), ("Location", OperationUrl + "&monitor=true"), ("x-ms-correlation-request-id", "c-1"));

    public static RestartOrder Order(string host = "web-7", int attempt = 1) =>
        new(new RestartRequest { RequestId = "r-1", Host = host, Requester = "tests" }, attempt, HurryingTimeProvider.Start);

    public static Reply Status(string status, string code = "", string message = "") =>
        new(200, $$$"""{"status":"{{{status}}}","error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    public static Reply Error(int status, string code, string message = "No.", params (string Name, string Value)[] headers) =>
        new(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""", headers);

    /// <summary>An instance view.</summary>
    /// <param name="provisioning">What operations do.</param>
    /// <param name="power">Whether it runs.</param>
    /// <param name="minutes">When the last operation ended, after the intent.</param>
    public static Reply View(string provisioning = "succeeded", string power = "running", int minutes = -600) => new(200, $$"""
        {"statuses":[{"code":"ProvisioningState/{{provisioning}}","level":"Info","time":"{{HurryingTimeProvider.Start.AddMinutes(minutes):O}}"},{"code":"PowerState/{{power}}","level":"Info"}]}
        """);

    /// <summary>The class that the default rules put a failure in.</summary>
    public static FailureRule RuleOf(Exception failure) => new FailureRules(DefaultFailureRules.All).Match(failure).Rule;

    public async ValueTask DisposeAsync()
    {
        toServer.Dispose();
        probes.Dispose();
        await Server.DisposeAsync();
    }

    // The SDK sends tokens by https only.
    private sealed class ToLoopback(LoopbackServer server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = server.Port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>A credential without Azure.</summary>
internal sealed class SomeCredential : TokenCredential
{
    public const string Token = "some-token";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}
