using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;

namespace Mayhem.Targets.Arm;

/// <summary>The ways to Azure Resource Manager: its client for machines, and a pipeline of the same making for the URLs of operations.</summary>
internal sealed class ArmAccess
{
    private static readonly TimeSpan ReadRetryDelay = TimeSpan.FromMilliseconds(800);

    private readonly HttpPipeline pipeline;
    private readonly Uri endpoint;

    /// <summary>Connects when it is first used.</summary>
    /// <param name="credential">Who asks.</param>
    /// <param name="environment">Which cloud.</param>
    /// <param name="transport">Sends requests; null for the SDK's own.</param>
    /// <param name="readRetryDelay">The first delay before a read is repeated: 0.8 s if null.</param>
    public ArmAccess(TokenCredential credential, ArmEnvironment environment, HttpPipelineTransport? transport = null, TimeSpan? readRetryDelay = null)
    {
        var options = new ArmClientOptions { Environment = environment, RetryPolicy = new RetryReadsOnly(readRetryDelay ?? ReadRetryDelay) };
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.AddPolicy(new BodyForPosts(), HttpPipelinePosition.BeforeTransport);
        if (transport is not null)
            options.Transport = transport;
        endpoint = environment.Endpoint;
        Client = new ArmClient(credential, Guid.Empty.ToString(), options);
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, environment.DefaultScope));
    }

    /// <summary>The client for machines.</summary>
    public ArmClient Client { get; }

    /// <summary>True if the URL is one of Azure Resource Manager: no other server may see our token.</summary>
    public bool Owns(Uri url) => url.Scheme == endpoint.Scheme
        && (url.Host.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith("." + endpoint.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an URL.</summary>
    /// <exception cref="ArgumentException">It is not one of Azure Resource Manager.</exception>
    public async Task<Response> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!Owns(url))
            throw new ArgumentException($"{url} does not belong to {endpoint}.", nameof(url));
        var request = pipeline.CreateRequest();
        request.Method = RequestMethod.Get;
        request.Uri.Reset(url);
        return await pipeline.SendRequestAsync(request, cancellationToken);
    }
}
