"""The terms that averment takes from vocabularies of others."""

from pyoxigraph import NamedNode

from averment.vocabulary.terms import Terms

__all__ = [
    "ADMS",
    "CITO",
    "DCAT",
    "DCTERMS",
    "EDTF",
    "OA",
    "PROV",
    "RDF",
    "RDFS",
    "SDO",
    "SH",
    "SKOS",
    "SPDX",
    "TIME",
    "VOID",
    "XSD",
]


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
