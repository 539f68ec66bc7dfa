"""Every term that averment writes, as constants, and the one table of prefixes.

A misspelt term is an error when the program is checked, not when it runs: the terms are declared attributes. A test
holds `AV` and `SCHEMES` against ontology/, and every other term against what rdflib knows of its vocabulary.
"""

from pyoxigraph import NamedNode

from averment.model import Relation

__all__ = [
    "ADMS",
    "AV",
    "BETWEEN_SOURCES",
    "BY_REVIEW",
    "CITO",
    "DCAT",
    "DCTERMS",
    "EDTF",
    "OA",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMES_IRI",
    "SDO",
    "SH",
    "SKOS",
    "SPDX",
    "TIME",
    "VOID",
    "XSD",
    "member",
]


class Terms:
    """A namespace whose annotated attributes are its terms: `class AV(Terms, iri=...): Payout: NamedNode`."""

    iri: str

    def __init_subclass__(cls, *, iri: str) -> None:
        """Give each annotated name its IRI; one that Python keeps for itself has a line behind it: `class_`."""
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name.rstrip("_")))


class AV(Terms, iri="https://w3id.org/averment#"):
    """The vocabulary of ontology/averment.ttl."""

    Anaphor: NamedNode
    Attribution: NamedNode
    Calculation: NamedNode
    Candidate: NamedNode
    Check: NamedNode
    Document: NamedNode
    Entity: NamedNode
    EvidenceLink: NamedNode
    EvidenceStep: NamedNode
    Group: NamedNode
    IdentityDecision: NamedNode
    IdentityLink: NamedNode
    Incident: NamedNode
    Office: NamedNode
    Payout: NamedNode
    ReviewStep: NamedNode
    Topic: NamedNode
    Unnamed: NamedNode
    Verification: NamedNode
    addressedTo: NamedNode
    aim: NamedNode
    alleged: NamedNode
    amount: NamedNode
    anonymityReason: NamedNode
    arrested: NamedNode
    asWritten: NamedNode
    attributes: NamedNode
    attribution: NamedNode
    attributionKind: NamedNode
    between: NamedNode
    calculates: NamedNode
    calledFor: NamedNode
    candidate: NamedNode
    change: NamedNode
    checked: NamedNode
    comparator: NamedNode
    comparedWith: NamedNode
    complement: NamedNode
    confidence: NamedNode
    content: NamedNode
    correction: NamedNode
    cost: NamedNode
    cue: NamedNode
    decided: NamedNode
    decision: NamedNode
    describedAs: NamedNode
    detailed: NamedNode
    edtf: NamedNode
    established: NamedNode
    expected: NamedNode
    fileSha256: NamedNode
    formula: NamedNode
    hedge: NamedNode
    inSource: NamedNode
    incident: NamedNode
    instructed: NamedNode
    killed: NamedNode
    length: NamedNode
    listedIn: NamedNode
    lobbied: NamedNode
    lobbiedAgainst: NamedNode
    lobbiedFor: NamedNode
    medium: NamedNode
    mention: NamedNode
    mentions: NamedNode
    modality: NamedNode
    obtained: NamedNode
    opposed: NamedNode
    outcome: NamedNode
    paid: NamedNode
    passage: NamedNode
    passageSha256: NamedNode
    payee: NamedNode
    payer: NamedNode
    polarity: NamedNode
    quotation: NamedNode
    reason: NamedNode
    relation: NamedNode
    resolvedAgainst: NamedNode
    result: NamedNode
    reviewed: NamedNode
    rule: NamedNode
    sha256: NamedNode
    shapesSha256: NamedNode
    signed: NamedNode
    sourceKind: NamedNode
    speaker: NamedNode
    speakerPassage: NamedNode
    stance: NamedNode
    standsFor: NamedNode
    supported: NamedNode
    verb: NamedNode
    when: NamedNode
    within: NamedNode
    wrote: NamedNode


class ADMS(Terms, iri="http://www.w3.org/ns/adms#"):
    """The Asset Description Metadata Schema."""

    status: NamedNode


class CITO(Terms, iri="http://purl.org/spar/cito/"):
    """The Citation Typing Ontology."""

    containsAssertionFrom: NamedNode
    disputes: NamedNode
    hasCitationCharacterization: NamedNode
    hasCitedEntity: NamedNode
    hasCitingEntity: NamedNode
    supports: NamedNode


class DCTERMS(Terms, iri="http://purl.org/dc/terms/"):
    """Dublin Core terms."""

    created: NamedNode
    creator: NamedNode
    isPartOf: NamedNode
    title: NamedNode


class DCAT(Terms, iri="http://www.w3.org/ns/dcat#"):
    """The Data Catalog Vocabulary."""

    Dataset: NamedNode
    Distribution: NamedNode
    byteSize: NamedNode
    distribution: NamedNode
    downloadURL: NamedNode
    mediaType: NamedNode


class EDTF(Terms, iri="http://id.loc.gov/datatypes/edtf/"):
    """The Library of Congress's datatypes for the Extended Date/Time Format."""

    EDTF: NamedNode


class OA(Terms, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation."""

    Annotation: NamedNode
    SpecificResource: NamedNode
    TextPositionSelector: NamedNode
    TextQuoteSelector: NamedNode
    TextualBody: NamedNode
    assessing: NamedNode
    bookmarking: NamedNode
    classifying: NamedNode
    commenting: NamedNode
    describing: NamedNode
    editing: NamedNode
    end: NamedNode
    exact: NamedNode
    hasBody: NamedNode
    hasPurpose: NamedNode
    hasSelector: NamedNode
    hasSource: NamedNode
    hasTarget: NamedNode
    highlighting: NamedNode
    identifying: NamedNode
    linking: NamedNode
    moderating: NamedNode
    motivatedBy: NamedNode
    prefix: NamedNode
    questioning: NamedNode
    replying: NamedNode
    start: NamedNode
    suffix: NamedNode
    tagging: NamedNode
    via: NamedNode


class PROV(Terms, iri="http://www.w3.org/ns/prov#"):
    """The provenance ontology."""

    Activity: NamedNode
    Agent: NamedNode
    SoftwareAgent: NamedNode
    endedAtTime: NamedNode
    generated: NamedNode
    invalidated: NamedNode
    used: NamedNode
    wasAssociatedWith: NamedNode
    wasAttributedTo: NamedNode
    wasGeneratedBy: NamedNode
    wasQuotedFrom: NamedNode
    wasRevisionOf: NamedNode


class RDF(Terms, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF itself."""

    type: NamedNode
    value: NamedNode


class RDFS(Terms, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    comment: NamedNode
    label: NamedNode


class SDO(Terms, iri="https://schema.org/"):
    """schema.org, in its https form."""

    Action: NamedNode
    Claim: NamedNode
    ClaimReview: NamedNode
    CreativeWork: NamedNode
    DigitalDocument: NamedNode
    EmailMessage: NamedNode
    Legislation: NamedNode
    MonetaryAmount: NamedNode
    NewsArticle: NamedNode
    NewsMediaOrganization: NamedNode
    Organization: NamedNode
    Person: NamedNode
    Place: NamedNode
    Rating: NamedNode
    Report: NamedNode
    SpreadsheetDigitalDocument: NamedNode
    about: NamedNode
    agent: NamedNode
    alternateName: NamedNode
    appearance: NamedNode
    archivedAt: NamedNode
    articleBody: NamedNode
    author: NamedNode
    bestRating: NamedNode
    claimReviewed: NamedNode
    currency: NamedNode
    datePublished: NamedNode
    disambiguatingDescription: NamedNode
    encodingFormat: NamedNode
    headline: NamedNode
    itemReviewed: NamedNode
    location: NamedNode
    maxValue: NamedNode
    minValue: NamedNode
    object: NamedNode
    pagination: NamedNode
    publisher: NamedNode
    ratingValue: NamedNode
    recipient: NamedNode
    reviewBody: NamedNode
    reviewRating: NamedNode
    softwareVersion: NamedNode
    text: NamedNode
    url: NamedNode
    value: NamedNode
    worstRating: NamedNode


class SH(Terms, iri="http://www.w3.org/ns/shacl#"):
    """SHACL, for the results that a store holds."""

    ValidationReport: NamedNode
    ValidationResult: NamedNode
    focusNode: NamedNode
    result: NamedNode
    resultMessage: NamedNode
    resultPath: NamedNode
    resultSeverity: NamedNode
    sourceConstraint: NamedNode
    sourceConstraintComponent: NamedNode
    sourceShape: NamedNode
    value: NamedNode
    Info: NamedNode
    Violation: NamedNode
    Warning: NamedNode


class SKOS(Terms, iri="http://www.w3.org/2004/02/skos/core#"):
    """The Simple Knowledge Organization System."""

    exactMatch: NamedNode


class SPDX(Terms, iri="http://spdx.org/rdf/terms#"):
    """What DCAT says of checksums."""

    Checksum: NamedNode
    algorithm: NamedNode
    checksum: NamedNode
    checksumAlgorithm_sha256: NamedNode
    checksumValue: NamedNode


class TIME(Terms, iri="http://www.w3.org/2006/time#"):
    """OWL-Time."""

    Instant: NamedNode
    ProperInterval: NamedNode
    hasBeginning: NamedNode
    hasEnd: NamedNode
    inXSDDate: NamedNode
    inXSDgYear: NamedNode
    inXSDgYearMonth: NamedNode


class VOID(Terms, iri="http://rdfs.org/ns/void#"):
    """The Vocabulary of Interlinked Datasets."""

    Dataset: NamedNode
    class_: NamedNode
    classPartition: NamedNode
    classes: NamedNode
    dataDump: NamedNode
    distinctSubjects: NamedNode
    entities: NamedNode
    properties: NamedNode
    property: NamedNode
    propertyPartition: NamedNode
    triples: NamedNode
    vocabulary: NamedNode


class XSD(Terms, iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema's datatypes."""

    boolean: NamedNode
    date: NamedNode
    dateTime: NamedNode
    decimal: NamedNode
    gYear: NamedNode
    gYearMonth: NamedNode
    hexBinary: NamedNode
    integer: NamedNode
    nonNegativeInteger: NamedNode
    string: NamedNode


BETWEEN_SOURCES = frozenset({PROV.wasRevisionOf, SKOS.exactMatch})
"""What is said of two sources, or of things read from two: it belongs to neither, and stays when one is replaced."""

_RELATIONS = (NamedNode(AV.iri + relation) for relation in Relation)

BY_REVIEW = frozenset({ADMS.status, CITO.supports, CITO.disputes, *_RELATIONS})
"""What a node that was read gets by somebody's work: a claim's status, accepted content, a passage put forward."""

SCHEMES_IRI = "https://w3id.org/averment/schemes#"

PREFIXES: dict[str, str] = {
    "adms": ADMS.iri,
    "av": AV.iri,
    "avs": SCHEMES_IRI,
    "cito": CITO.iri,
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "edtf": EDTF.iri,
    "oa": OA.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "sdo": SDO.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "spdx": SPDX.iri,
    "time": TIME.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
}


def member(scheme: str, value: str) -> NamedNode:
    """Give the concept of ontology/schemes.ttl for a value of the model, such as `member("polarity", "negated")`."""
    return NamedNode(f"{SCHEMES_IRI}{scheme}-{value}")
